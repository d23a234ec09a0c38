"""Authors change, hold back or sign single lines before they send them: on a real database with the real engine."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from assistant.domain.access import ANALYSIS, person
from assistant.domain.conversation import LONGEST_MESSAGE, Conversation, ConversationState, Message
from assistant.domain.corrections import digest_of, words_at
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.statements import AuthorsView, Span
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.loop.conversations import import_conversations, preview, send
from assistant.loop.corrections import Says, Word, correct
from assistant.loop.lines import Sharing, put_name, reword, share
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
M1, M2 = person("m1@acme.example"), person("m2@acme.example")
TOLD = "She tells us every Monday in Hangar Unmistakable which three things come first."
SHORT = "She keeps meetings short so that we can work."
CREDIT = "She gives credit to whoever did the work."
SAFER = "She tells us every week which three things come first."
the_model = cache(LanguageModel.load)


@pytest.fixture
def engine() -> EmbeddedEngine:
    return EmbeddedEngine(the_model(), KNOWLEDGE)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[SqlStore]:
    """Mia leads six people; a round is open; Member 1 has said three things and not sent them yet."""
    opened = SqlStore.open(home)
    team = [Person(f"m{n}@acme.example", f"Member {n}", "mia@acme.example") for n in range(6)]
    import_people(opened, [Person("mia@acme.example", "Mia Maker", None), *team])
    open_round(opened, ROUND, NOON)
    messages = (
        Message(Speaker.ASSISTANT, "What value did she bring?"),
        Message(Speaker.USER, f"{TOLD} {SHORT} {CREDIT}"),
    )
    about = ("m1@acme.example", "mia@acme.example")
    draft = ConversationState.DRAFT
    import_conversations(
        opened, (Conversation("d", ROUND, ConversationKind.FEEDBACK, *about, messages, False, draft, NOON),)
    )
    yield opened
    opened.close()


def place(store, engine, words: str) -> Span:
    """Where the line with these words stands now."""
    found = [s.span for s in preview(store, engine, M1, "d").statements if words in s.text]
    assert len(found) == 1
    return found[0]


def said(store) -> str:
    """What Member 1 is kept to have said."""
    with store.work() as work:
        return work.conversations.get("d", M1).said[0][1]


def test_new_words_take_the_place_of_a_line_and_are_read_anew(store, engine) -> None:
    """The line reads as it was changed, spans fit the text, and what was said of the lines behind it moved along."""
    share(store, engine, M1, "d", place(store, engine, "credit"), Sharing.HELD_BACK)
    correct(store, engine, KNOWLEDGE, M1, "d", place(store, engine, "meetings"), Word(Says.RIGHT))
    first = place(store, engine, "Monday")
    with store.work() as work:
        line = words_at(work.conversations.get("d", M1), first)
    after = reword(store, engine, M1, "d", first, digest_of(line), SAFER)
    assert said(store).startswith(SAFER)
    assert all(said(store)[s.span.start : s.span.end] == s.text for s in after.statements)
    by_words = {s.text.split()[1]: s for s in after.statements}
    assert not by_words["gives"].shared
    assert by_words["keeps"].view is AuthorsView.RIGHT
    assert by_words["tells"].shared


def test_the_old_words_are_nowhere_on_the_disk(store, engine, home) -> None:
    """Neither the database nor its journal holds what was replaced."""
    first = place(store, engine, "Monday")
    with store.work() as work:
        line = words_at(work.conversations.get("d", M1), first)
    reword(store, engine, M1, "d", first, digest_of(line), SAFER)
    held = [path for path in home.rglob("*") if path.is_file()]
    assert held
    assert [path.name for path in held if b"Unmistakable" in path.read_bytes()] == []


def test_a_line_that_was_held_back_stays_so_in_other_words_and_one_that_was_signed_does_not(store, engine) -> None:
    """Holding back is the safe side; a name is put only to words that were seen under it."""
    for words, how in (("meetings", Sharing.HELD_BACK), ("credit", Sharing.NAMED)):
        share(store, engine, M1, "d", place(store, engine, words), how)
    reword(
        store,
        engine,
        M1,
        "d",
        place(store, engine, "meetings"),
        digest_of(SHORT),
        "She keeps our meetings short.",
    )
    after = reword(
        store,
        engine,
        M1,
        "d",
        place(store, engine, "credit"),
        digest_of(CREDIT),
        "She praises people in public for the work they did.",
    )
    by_words = {s.text.split()[1]: s for s in after.statements}
    assert not by_words["keeps"].shared
    assert by_words["praises"].shared
    assert not by_words["praises"].named


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "nothing left"), (" \n\t\x00 ", "nothing left"), ("x" * LONGEST_MESSAGE, "at most 20,000 characters")],
)
def test_an_edit_that_cannot_be_kept_says_why(store, engine, text, told) -> None:
    """Nothing, or more than a message holds, is refused in words and changes nothing."""
    before, where = said(store), place(store, engine, "meetings")
    with pytest.raises(BadInput, match=told):
        reword(store, engine, M1, "d", where, digest_of(SHORT), text)
    assert said(store) == before


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> & <b>bold</b>", "היא משבחת בפומבי ‏(תמיד)", "a\u0301 tells us"]
)
def test_any_words_are_kept_as_they_are(store, engine, text) -> None:
    """Marks of HTML and writing from right to left are words like others."""
    reword(store, engine, M1, "d", place(store, engine, "meetings"), digest_of(SHORT), text)
    assert text.replace("a\u0301", "á") in said(store)


def test_a_second_window_is_told_that_the_line_has_changed(store, engine) -> None:
    """Words that are no longer what somebody saw are not overwritten, and a line that is gone is not shared."""
    where = place(store, engine, "meetings")
    reword(store, engine, M1, "d", where, digest_of(SHORT), "She keeps talks short")
    with pytest.raises(Refused, match="another window"):
        reword(store, engine, M1, "d", where, digest_of(SHORT), "She keeps nothing short")
    with pytest.raises(Refused, match="another window"):
        share(store, engine, M1, "d", where, Sharing.NAMED)
    assert "She keeps talks short" in said(store)


def test_only_the_author_and_only_a_draft_of_an_open_round(store, engine) -> None:
    """To others there is no such conversation; what is sent, or of a closed round, stays."""
    where, digest = place(store, engine, "meetings"), digest_of(SHORT)
    with pytest.raises(Unknown):
        reword(store, engine, M2, "d", where, digest, "Something else")
    with pytest.raises(Unknown):
        put_name(store, M2, "d", True)
    close_round(store, ROUND, NOON)
    with pytest.raises(Refused, match="closed"):
        share(store, engine, M1, "d", where, Sharing.NAMED)


def test_what_is_sent_cannot_be_reworded(store, engine) -> None:
    """The words that others rest on stay; taking it back comes first."""
    where = place(store, engine, "meetings")
    send(store, engine, M1, "d")
    with pytest.raises(Refused, match="sent already"):
        reword(store, engine, M1, "d", where, digest_of(SHORT), "Something else")


def test_sending_keeps_what_was_chosen_line_by_line(store, engine) -> None:
    """Held back, under a name, and with the others: each stays as it was chosen, also for the analysis."""
    share(store, engine, M1, "d", place(store, engine, "meetings"), Sharing.HELD_BACK)
    share(store, engine, M1, "d", place(store, engine, "credit"), Sharing.NAMED)
    send(store, engine, M1, "d")
    with store.work() as work:
        reading = work.statements.of("d", engine.reads_as, ANALYSIS)
    chosen = {s.text.split()[1]: (s.shared, s.named) for s in reading.statements}
    assert chosen["keeps"] == (False, False)
    assert chosen["gives"] == (True, True)
    assert (True, False) in chosen.values()


def test_a_name_can_be_put_to_all_and_taken_off_again(store, engine) -> None:
    """All lines are under it, then none."""
    put_name(store, M1, "d", True)
    assert all(s.named for s in preview(store, engine, M1, "d").statements)
    put_name(store, M1, "d", False)
    assert not any(s.named for s in preview(store, engine, M1, "d").statements)
