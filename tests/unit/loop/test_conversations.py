"""Holding and sending conversations, on a real database with the real engine."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import BadInput, Refused
from assistant.domain.organisation import Person
from assistant.domain.rating import Rated
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.conversations import answer, begin, import_conversations, say, send
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.rounds import close_round, open_round, round_status
from assistant.loop.withdrawing import Fate, withdraw
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
LI, MIA = person("li@acme.example"), "mia@acme.example"


@pytest.fixture(scope="module")
def engine() -> EmbeddedEngine:
    return EmbeddedEngine.load(load_knowledge(Path(__file__).parents[3] / "knowledge"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """Mia leads Li and Bo; a round is open."""
    opened = SqlStore.open(tmp_path)
    people = [Person(MIA, "Mia Maker", None), *(Person(f"{n}@acme.example", n.title(), MIA) for n in ("li", "bo"))]
    import_people(opened, people)
    open_round(opened, ROUND, NOON)
    yield opened
    opened.close()


@pytest.fixture
def draft(store: SqlStore, engine: EmbeddedEngine) -> Conversation:
    """Li's feedback about Mia, begun and with one answer."""
    begun = begin(store, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "d1", NOON)
    say(store, LI, begun.id, 1, "She took time to show me how the new machine works, step by step.")
    assert "".join(answer(store, engine, LI, begun.id))
    return begun


def test_a_conversation_begun_twice_is_one(store, engine, draft):
    """A second tab, or a second device, goes on where the first one is."""
    again = begin(store, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "d2", NOON)
    assert again.id == draft.id
    assert len(again.messages) == 3


def test_two_tabs_that_begin_in_the_same_moment_begin_one_conversation(store, engine):
    """The words of the first question are found outside of any transaction; whoever comes first is followed."""

    class Slow(EmbeddedEngine):
        """The real engine, which is overtaken while it finds its words."""

        def word(self, *turn):
            begin(store, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "first", NOON)
            return engine.word(*turn)

    late = Slow.load(load_knowledge(Path(__file__).parents[3] / "knowledge"))
    assert begin(store, late, LI, ROUND, ConversationKind.FEEDBACK, MIA, "second", NOON).id == "first"


def test_an_answer_that_was_given_is_not_given_twice(store, engine, draft):
    """Asked again after a crash or from a second tab, the assistant keeps silent where the last word is its own."""
    assert list(answer(store, engine, LI, draft.id)) == []


def test_two_windows_cannot_answer_the_same_question(store, draft):
    """The second to write is told to reload, and nothing of the first is lost."""
    say(store, LI, draft.id, 3, "She rings me back within the hour.")
    with pytest.raises(Refused, match="another window"):
        say(store, LI, draft.id, 3, "Something else altogether.")


def test_what_is_said_while_it_is_being_sent_is_not_sent_unread(store, engine, draft):
    """Where the conversation goes on between reading and sending, nothing is sent."""

    class Interrupted(EmbeddedEngine):
        """While it reads, a second window adds a message."""

        def read(self, conversation: Conversation) -> Reading:
            say(store, LI, draft.id, 3, "And one more thing about the night shift.")
            return engine.read(conversation)

        @property
        def name(self) -> str:
            return engine.name

    with pytest.raises(Refused, match="another window"):
        send(store, Interrupted.__new__(Interrupted), LI, draft.id)
    with store.work() as work:
        assert work.conversations.get(draft.id, LI).state is ConversationState.DRAFT


def test_an_empty_conversation_cannot_be_sent(store, engine):
    """There is nothing in it to send."""
    begun = begin(store, engine, LI, ROUND, ConversationKind.FEEDBACK, MIA, "d1", NOON)
    with pytest.raises(BadInput, match="nothing to send"):
        send(store, engine, LI, begun.id)


@pytest.mark.parametrize(
    ("about", "kind"), [("bo@acme.example", ConversationKind.FEEDBACK), (MIA, ConversationKind.REFLECTION)]
)
def test_nobody_speaks_about_somebody_who_is_not_theirs_to_speak_of(store, engine, about, kind):
    """Feedback is about one's own manager, a reflection about a direct report."""
    with pytest.raises(Refused):
        begin(store, engine, LI, ROUND, kind, about, "d1", NOON)


def test_nothing_is_imported_into_a_round_that_was_closed_meanwhile(store):
    """The round is looked at again in the transaction that keeps the conversations."""
    messages = (Message(Speaker.USER, "She rings me back within the hour."),)
    past = Conversation("c1", ROUND, ConversationKind.FEEDBACK, LI.email, MIA, messages)
    close_round(store, ROUND, NOON)
    with pytest.raises(Refused, match="closed"):
        import_conversations(store, (past, replace(past, id="c2", author="bo@acme.example")))
    assert round_status(store, ROUND, OPERATOR).feedbacks == 0


def test_a_rating_is_kept_with_what_was_sent_and_goes_when_it_is_taken_back(store, engine, draft):
    """It is said of one summary, and the next one is another."""

    def kept() -> int | None:
        with store.work() as work:
            return work.conversations.get(draft.id, LI).rating

    with pytest.raises(BadInput, match="from 1 to 4"):
        send(store, engine, LI, draft.id, rating=5)
    send(store, engine, LI, draft.id, rating=3)
    assert kept() == 3
    withdraw(store, LI, LI.email, ROUND, Fate.DRAFT)
    assert kept() is None


def test_a_closed_round_tells_how_well_summaries_captured_what_was_meant(tmp_path, engine):
    """From the floor on, once; an erasure afterwards changes nothing of it."""
    store = SqlStore.open(tmp_path)
    team = [f"m{n}@acme.example" for n in range(5)]
    import_people(store, [Person(MIA, "Mia", None), *(Person(email, email[:2], MIA) for email in team)])
    open_round(store, ROUND, NOON)
    for n, email in enumerate(team):
        viewer = person(email)
        begun = begin(store, engine, viewer, ROUND, ConversationKind.FEEDBACK, MIA, f"d{n}", NOON)
        say(store, viewer, begun.id, 1, "She explains why plans change.")
        send(store, engine, viewer, begun.id, rating=3 + n % 2)
    assert round_status(store, ROUND, OPERATOR).rated is None
    close_round(store, ROUND, NOON)
    told = round_status(store, ROUND, OPERATOR).rated
    assert told == Rated(3.5, 4)
    erase(store, team[0])
    assert round_status(store, ROUND, OPERATOR).rated == told
    store.close()


@pytest.mark.usefixtures("draft")
def test_somebody_who_is_erased_is_asked_no_longer(store):
    """Their words are gone, and an open round counts one person less."""
    assert round_status(store, ROUND, OPERATOR).invited == 2
    erase(store, LI.email)
    assert round_status(store, ROUND, OPERATOR).invited == 1
    with store.work() as work:
        assert work.conversations.by_author(LI.email, LI) == ()
