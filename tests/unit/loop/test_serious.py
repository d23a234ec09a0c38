"""A message that tells of a serious matter is used for nothing, on a real database with the real engine."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from langchain_core.messages import BaseMessage

from assistant.domain.access import ANALYSIS, person
from assistant.domain.contacts import Contact
from assistant.domain.conversation import Conversation, Message
from assistant.domain.interview import Heard, Setting, Turn
from assistant.domain.organisation import Person
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.llm.interviewer import APART
from assistant.interview.serious import GO_ON, NOT_MEANT, stop
from assistant.loop.analysis import analyse, estimate
from assistant.loop.conversations import answer, begin, import_conversations, preview, say, send
from assistant.loop.organisation import import_people
from assistant.loop.own_data import export_own
from assistant.loop.rounds import open_round
from assistant.loop.serious import people_set_apart
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import Answering, an_engine, part

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
MIA = "mia@acme.example"
TEAM = [f"m{n}@acme.example" for n in range(1, 10)]
LI = person(TEAM[0])
PRAISE = "She took time to show me how the new machine works, step by step."
BLOW = "She slapped me in the cold store, and she took time to show me how the new machine works."
DRASTIC = "She touched my back and took time to show me how the new machine works, step by step."
HINT = "He writes to me at night in a way I would not want my children to read."
FEEDBACK = ConversationKind.FEEDBACK
KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
the_model = cache(LanguageModel.load)


class Listening(EmbeddedEngine):
    """The real engine; ``given`` is all the text that it was given for anything but to look for serious matters."""

    given: list[str]

    def hear(self, text: str, setting: Setting) -> Heard:
        """Hear like the real one."""
        self.given.append(text)
        return super().hear(text, setting)

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]):
        """Word like the real one."""
        self.given += [message.content for message in history]
        return super().word(turn, setting, history)

    def read(self, conversation: Conversation) -> Reading:
        """Read like the real one."""
        self.given += [message.content for message in conversation.messages]
        return super().read(conversation)


@pytest.fixture
def engine() -> Listening:
    made = Listening(the_model(), KNOWLEDGE)
    made.given = []
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path)
    import_people(opened, [Person(MIA, "Mia", None), *(Person(m, m[:2].title(), MIA) for m in TEAM)])
    open_round(opened, ROUND, NOON)
    yield opened
    opened.close()


@pytest.fixture
def draft(store: SqlStore, engine: Listening) -> str:
    """Li's feedback about Mia, just begun."""
    return begin(store, engine, LI, ROUND, FEEDBACK, MIA, "d1", NOON).id


def turn(store: SqlStore, engine: Listening, words: str, contacts: tuple[Contact, ...] = ()) -> str:
    """Li says something in d1, and is answered."""
    with store.work() as work:
        position = len(work.conversations.get("d1", LI).messages)
    say(store, LI, "d1", position, words)
    return "".join(answer(store, engine, LI, "d1", contacts))


class SecondReader:
    """A model that takes one message for a serious matter, which no sign shows, whenever it is the last one."""

    def __init__(self, seen_in: str) -> None:
        self._seen_in = seen_in

    def __call__(self, messages: Sequence[BaseMessage]) -> str:
        """What it answers."""
        *_, last = part(messages, "conversation").splitlines()
        return APART if self._seen_in in last else "Thank you. And when was that?"


def imported(store: SqlStore, author: str, said: str) -> None:
    """A conversation held elsewhere."""
    messages = (Message(Speaker.ASSISTANT, "What value?"), Message(Speaker.USER, said), Message(Speaker.USER, PRAISE))
    assert import_conversations(store, (Conversation(author, ROUND, FEEDBACK, author, MIA, messages),)) == (1, 0)


@pytest.mark.usefixtures("draft")
def test_the_assistant_stops_and_nothing_is_made_of_the_message(store, engine):
    """The house's own words with the contacts; no engine hears it, and no reading, preview or later turn has it."""
    stopped = turn(store, engine, BLOW, (Contact("Works council", phone="555 0100"),))
    assert "Works council: 555 0100" in stopped
    assert turn(store, engine, GO_ON).endswith("?")
    turn(store, engine, "She rings me back within the hour when a machine stands still.")
    reading = preview(store, engine, LI, "d1")
    send(store, engine, LI, "d1")
    analyse(store, engine, KNOWLEDGE, ROUND)
    assert reading.statements
    assert not [text for text in engine.given if "slapped" in text]
    assert not [statement for statement in reading.statements if statement.span.message == 1]
    with store.work() as work:
        assert work.conversations.get("d1", ANALYSIS).messages[1].content == ""
        kept = work.conversations.get("d1", LI).messages
    assert (kept[1].content, kept[1].set_apart, kept[2].written_by) == (BLOW, True, "house")
    assert {message.set_apart for message in kept[3:] if message.role is Speaker.USER} == {False}


@pytest.mark.usefixtures("draft")
def test_no_call_of_a_language_model_holds_the_message(store, engine):
    """The model words later turns and is asked to read; neither it nor its stand-in is given anything of it."""
    chat = Answering(answer=lambda _messages: "And what came of that for you?")
    over_model = an_engine(chat, engine, KNOWLEDGE)
    for words in (BLOW, GO_ON, PRAISE):
        turn(store, over_model, words)
    preview(store, over_model, LI, "d1")
    sent = " ".join(str(message.content) for messages in chat.seen for message in messages)
    assert "machine works" in sent
    assert "slapped" not in sent
    assert not [text for text in engine.given if "slapped" in text]


@pytest.mark.usefixtures("draft")
def test_a_false_alarm_is_an_ordinary_message_again(store, engine):
    """One click, or the same in words: it is heard, read and counted as if nothing had been."""
    assert "I stop here" in turn(store, engine, DRASTIC)
    assert "I stop here" not in turn(store, engine, NOT_MEANT)
    assert DRASTIC in engine.given
    assert 1 in {statement.span.message for statement in preview(store, engine, LI, "d1").statements}
    turn(store, engine, "And she keeps what she promises to us.")
    with store.work() as work:
        assert work.conversations.get("d1", LI).messages[1].set_apart is False


@pytest.mark.usefixtures("draft")
def test_whoever_just_writes_on_leaves_it_out(store, engine):
    """The next answer is an ordinary one; another serious one stops again."""
    turn(store, engine, BLOW)
    assert "I stop here" not in turn(store, engine, PRAISE)
    assert "I stop here" in turn(store, engine, "He threatened to kill me.")
    assert {s.span.message for s in preview(store, engine, LI, "d1").statements} == {3}


@pytest.mark.usefixtures("draft")
def test_a_message_that_nobody_has_answered_yet_is_looked_at_before_it_is_read(store, engine):
    """Who finishes before the answer has come is protected, too; and what is set apart alone can be sent."""
    say(store, LI, "d1", 1, BLOW)
    assert preview(store, engine, LI, "d1").statements == ()
    send(store, engine, LI, "d1")
    (report,) = analyse(store, engine, KNOWLEDGE, ROUND)
    assert report.findings == ()
    assert not [text for text in engine.given if "slapped" in text]


def test_imported_messages_are_left_out_of_readings(store, engine):
    """The rest of the conversation is read, with its places; what is estimated does not have them either."""
    imported(store, TEAM[1], BLOW)
    estimate(store, engine, KNOWLEDGE, ROUND)
    analyse(store, engine, KNOWLEDGE, ROUND)
    assert not [text for text in engine.given if "slapped" in text]
    with store.work() as work:
        reading = work.statements.of(TEAM[1], engine.reads_as, ANALYSIS)
    assert {statement.span.message for statement in reading.statements} == {2}


def test_what_was_read_before_anybody_looked_is_forgotten(store, engine):
    """A round that was analysed by an earlier version is looked through once, and read anew without it."""
    imported(store, TEAM[1], BLOW)
    with store.work() as work:
        held = work.conversations.get(TEAM[1], ANALYSIS)
        work.statements.save(held.id, engine.reads_as, engine.read(held))
        assert 1 in {s.span.message for s in work.statements.of(held.id, engine.reads_as, ANALYSIS).statements}
    analyse(store, engine, KNOWLEDGE, ROUND)
    with store.work() as work:
        assert {s.span.message for s in work.statements.of(held.id, engine.reads_as, ANALYSIS).statements} == {2}


def test_what_was_read_before_anybody_looked_stays_where_nothing_is_set_apart(store, engine):
    """Looking through costs no second reading, which a language model would be paid for."""
    imported(store, TEAM[1], HINT)
    with store.work() as work:
        held = work.conversations.get(TEAM[1], ANALYSIS)
        work.statements.save(held.id, engine.reads_as, engine.read(held))
    engine.given.clear()
    analyse(store, engine, KNOWLEDGE, ROUND)
    assert engine.given == []


@pytest.mark.parametrize(("people", "told"), [(0, None), (3, None), (4, 4), (7, 4), (8, 8)])
def test_how_many_wrote_of_such_matters_is_told_in_multiples_of_the_floor(store, engine, people, told):
    """Below the floor it is nothing, as where it is nobody, so that one person more mostly changes nothing."""
    for author in TEAM[:people]:
        imported(store, author, BLOW)
    analyse(store, engine, KNOWLEDGE, ROUND)
    assert people_set_apart(store, ROUND) == told


@pytest.mark.usefixtures("draft")
def test_the_words_stay_their_authors(store, engine):
    """They are in the author's own data, marked."""
    turn(store, engine, BLOW)
    (own,) = export_own(store, LI, LI.email, NOON).conversations
    assert [(m.content, m.set_apart) for m in own.held.messages if m.role is Speaker.USER] == [(BLOW, True)]


@pytest.mark.usefixtures("draft")
def test_whoever_is_to_answer_is_a_second_reader(store):
    """What no sign shows and the model sees is set apart all the same, and is sent to it no more."""
    chat = Answering(answer=SecondReader(HINT))
    engine = an_engine(chat, EmbeddedEngine(the_model(), KNOWLEDGE), KNOWLEDGE)
    assert not engine.is_serious(HINT)
    assert turn(store, engine, HINT, (Contact("Works council", phone="555 0100"),)).startswith(stop(())[:40])
    assert turn(store, engine, GO_ON).endswith("?")
    with store.work() as work:
        kept = work.conversations.get("d1", LI).messages
        assert (kept[1].set_apart, kept[2].written_by) == (True, "house")
        assert not work.conversations.state("d1", LI).paused
    assert HINT not in str(chat.seen[1:])


@pytest.mark.usefixtures("draft")
def test_who_says_that_it_was_none_is_not_stopped_by_a_model_again(store):
    """The message counts, and the model's word is no longer heeded in this talk; the signs are."""
    engine = an_engine(Answering(answer=SecondReader(HINT)), EmbeddedEngine(the_model(), KNOWLEDGE), KNOWLEDGE)
    turn(store, engine, HINT)
    assert turn(store, engine, NOT_MEANT).endswith("?")
    assert not turn(store, engine, HINT).startswith(stop(())[:40])
    with store.work() as work:
        kept = work.conversations.get("d1", LI).messages
    assert [(m.set_apart, m.vouched) for m in kept if m.role is Speaker.USER] == [
        (False, True),
        (False, False),
        (False, False),
    ]
    assert turn(store, engine, BLOW).startswith(stop(())[:40])
