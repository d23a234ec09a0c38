"""Whatever is written, and whatever happens in between: the conversation goes on where it was, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import person
from assistant.domain.conversation import LONGEST_MESSAGE
from assistant.domain.errors import BadInput, Refused
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.conversations import answer, begin, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND, LI, MIA = "2026-Q4", person("li@acme.example"), "mia@acme.example"
FIRST = "She took time to show me how the new machine works, step by step."


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine.load(load_knowledge(Path(__file__).parents[3] / "knowledge"))


@pytest.fixture
def store(tmp_path: Path, engine: EmbeddedEngine) -> Iterator[SqlStore]:
    """Li has begun feedback about Mia."""
    opened = SqlStore.open(tmp_path)
    import_people(opened, [Person(MIA, "Mia Maker", None), Person(LI.email, "Li Wei", MIA)])
    open_round(opened, ROUND, NOON)
    begin(opened, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "d", NOON)
    yield opened
    opened.close()


def kept(store: SqlStore) -> list[tuple[Speaker, str]]:
    """The conversation as it is kept."""
    with store.work() as work:
        return [(m.role, m.content) for m in work.conversations.get("d", LI).messages]


@pytest.mark.parametrize(
    "words",
    [
        ("She explains every change to us. " * 1_000)[: LONGEST_MESSAGE - 1] + "x",
        "\U0001f44d",
        "\U0001f469\u200d\U0001f4bb\U0001fae9",
        "\u05d4\u05d9\u05d0 \u05de\u05e1\u05d1\u05d9\u05e8\u05d4 \u05dc\u05e0\u05d5 \u05d4\u05db\u05dc",
        "\u0647\u064a \u062a\u0634\u0631\u062d \u0644\u0646\u0627 \u0643\u0644 \u0634\u064a\u0621 \u202eabc",
        "Zeile eins\n\nZeile zwei\tEnde",
        "\u200b\u200b",
        "<script>alert(1)</script> {gist} %s \\ '; DROP TABLE message; --",
        "?",
        "9" * 400,
    ],
    ids=["long", "emoji", "joined emoji", "hebrew", "arabic", "lines", "invisible", "markup", "mark", "digits"],
)
def test_whatever_is_written_is_kept_as_it_is_and_answered_once(store, engine, words) -> None:
    """Then the conversation goes on with a question, and the next message is taken as ever."""
    say(store, LI, "d", 1, words)
    assert "".join(answer(store, engine, LI, "d"))
    assert list(answer(store, engine, LI, "d")) == []
    say(store, LI, "d", 3, FIRST)
    assert "".join(answer(store, engine, LI, "d")).count("?") == 1
    turns = kept(store)
    assert [role for role, _ in turns] == [Speaker.ASSISTANT, Speaker.USER] * 2 + [Speaker.ASSISTANT]
    assert (turns[1][1], turns[3][1]) == (words, FIRST)


def test_what_is_too_long_is_refused_and_what_was_said_stays(store) -> None:
    """Nothing is cut off in silence."""
    with pytest.raises(BadInput, match="at most 20,000 characters; this one has 20,001"):
        say(store, LI, "d", 1, "x" * (LONGEST_MESSAGE + 1))
    assert len(kept(store)) == 1


def test_after_a_crash_between_message_and_answer_the_answer_is_given_once(store, engine, tmp_path) -> None:
    """What was written is on the disk before anybody thinks about it."""
    say(store, LI, "d", 1, FIRST)
    for piece in answer(store, engine, LI, "d"):
        assert piece
        break  # the process ends with the first word
    store.close()
    again = SqlStore.open(tmp_path)
    assert kept(again)[-1] == (Speaker.USER, FIRST)
    assert "".join(answer(again, engine, LI, "d"))
    assert list(answer(again, engine, LI, "d")) == []
    assert len(kept(again)) == 3
    again.close()


def test_two_windows_that_wait_for_the_same_answer_get_one(store, engine) -> None:
    """Whichever is slower is told, and nothing is kept twice."""
    say(store, LI, "d", 1, FIRST)
    one, other = answer(store, engine, LI, "d"), answer(store, engine, LI, "d")
    next(one), next(other)
    list(one)
    with pytest.raises(Refused, match="another window"):
        list(other)
    assert [role for role, _ in kept(store)] == [Speaker.ASSISTANT, Speaker.USER, Speaker.ASSISTANT]


def test_after_a_week_of_silence_the_same_question_is_open(store, engine) -> None:
    """Coming back begins nothing anew."""
    say(store, LI, "d", 1, FIRST)
    asked = "".join(answer(store, engine, LI, "d"))
    later = NOON + timedelta(days=7)
    back = begin(store, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "another", later)
    assert (back.id, back.messages[-1].content) == ("d", asked)
    say(store, LI, "d", 3, "Last week she did so again, in the hall.")
    assert "".join(answer(store, engine, LI, "d"))
    assert len(kept(store)) == 5
