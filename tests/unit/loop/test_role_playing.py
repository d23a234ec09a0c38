"""Rehearsing the talk: one's own report alone, nothing kept, and serious matters stay away from any model."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage

from assistant.coaching.role_play import ENCOURAGEMENT, MOST_ANSWERS, answered
from assistant.domain.access import OPERATOR, person
from assistant.domain.contacts import Contact
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.engines.llm.interviewer import APART
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.role_playing import begin_rehearsal, reply
from assistant.loop.rounds import close_round, open_round
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.chats import Answering, an_engine, in_turn

KNOWLEDGE = load_knowledge(Path(__file__).parents[3] / "knowledge")
NOW = datetime(2026, 7, 6, 9, tzinfo=UTC)
ROUND, NEXT = "2026-Q3", "2026-Q4"
MIA, LO, TONI = "mia@acme.example", "lo@acme.example", "toni@acme.example"
CONTACT = Contact("Ombuds office", phone="0800 000")
SAID = "Xylographic Wednesdays are when I decide."
SERIOUS = "My boss beat me and said that he will kill me."
the_embedded = cache(lambda: EmbeddedEngine.load(KNOWLEDGE))


def a_team(manager: str, size: int) -> list[Person]:
    """People who report to somebody, by name of Wren and a number in letters."""
    return [Person(f"{manager[:2]}{n}@acme.example", f"Wren {'ABCDEFG'[n]}", manager) for n in range(size)]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def store(home):
    """Toni leads Mia, whose six people have answered, and Lo, of whose four people two have."""
    opened = SqlStore.open(home)
    leaders = [Person(TONI, "Toni Top", None, "", Role.LEADER), Person(MIA, "Mia Maker", TONI), Person(LO, "Lo", TONI)]
    import_people(opened, [*leaders, *a_team(MIA, 6), *a_team(LO, 4)])
    open_round(opened, ROUND, NOW)
    waiting = (Message(Speaker.USER, "Decisions take far too long and we wait for weeks."),)
    authors = [*a_team(MIA, 6), *a_team(LO, 2)]
    held = (
        Conversation(one.email, ROUND, ConversationKind.FEEDBACK, one.email, one.manager_email, waiting)
        for one in authors
    )
    import_conversations(opened, tuple(held))
    close_round(opened, ROUND, NOW + timedelta(days=20))
    analyse(opened, the_embedded(), KNOWLEDGE, ROUND)
    yield opened
    opened.close()


def an_llm(answer) -> tuple[Answering, object]:
    """A chat model that answers like this, and the engine over it."""
    chat = Answering(answer=answer if callable(answer) else in_turn(answer))
    return chat, an_engine(chat, the_embedded(), KNOWLEDGE)


def began(store, engine, viewer=person(MIA), round_key=ROUND):  # noqa: B008 - a value
    return begin_rehearsal(store, engine, KNOWLEDGE, viewer, round_key, NOW)


def replied(store, engine, messages, viewer=person(MIA), contacts=()) -> tuple[str, bool]:  # noqa: B008 - a value
    """What is said, and whether it goes on."""
    replying, pieces = reply(store, engine, KNOWLEDGE, viewer, ROUND, messages, NOW, contacts), []
    while True:
        try:
            pieces.append(next(replying))
        except StopIteration as end:
            return "".join(pieces), end.value


def test_a_rehearsal_goes_to_its_end(store):
    """The model asks after each answer; after the last one the house encourages, and no model is asked."""
    chat, engine = an_llm(lambda _: AIMessage("That is what you said last time. What is new?"))
    played, goes_on = began(store, engine), True
    while goes_on:
        played = answered(played, SAID)
        words, goes_on = replied(store, engine, played)
        played = (*played, Message(Speaker.ASSISTANT, words))
    assert words == ENCOURAGEMENT
    assert len(chat.seen) == MOST_ANSWERS - 1
    assert played[2].content == "That is what you said last time. What is new?"


def test_nothing_of_it_is_kept_and_nobody_s_feedback_is_sent(home, store):
    """The database is the same byte for byte, and the model has seen what is said aloud in the talk."""
    chat, engine = an_llm(AIMessage("What is new?"))
    played = answered(began(store, engine), SAID)
    before = everything(home)
    assert replied(store, engine, played) == ("What is new?", True)
    assert everything(home) == before
    sent = "".join(str(message.content) for message in chat.seen[0])
    assert SAID in sent
    assert "far too long" not in sent
    assert "Wren" not in sent
    assert "acme.example" not in sent


def everything(home: Path) -> list[str]:
    """All rows of the database."""
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as database:
        return list(database.iterdump())


def test_a_real_name_that_a_model_makes_its_own_is_not_said(store):
    """Whoever plays the team names nobody of it, also where the manager has."""
    _, engine = an_llm(AIMessage("It was Wren, as you think."))
    words, _ = replied(store, engine, answered(began(store, engine), "Say that it was Wren."))
    assert words == "And what will change? We have been asked before."


def test_what_tells_of_a_serious_matter_reaches_no_model(store):
    """The rehearsal ends in the house's own words, with the contacts, and so it does at whatever comes after it."""
    chat, engine = an_llm(AIMessage("What is new?"))
    played = answered(began(store, engine), SERIOUS)
    words, goes_on = replied(store, engine, played, contacts=(CONTACT,))
    assert "kept nowhere" in words
    assert "Ombuds office: 0800 000" in words
    assert not goes_on
    later = answered((*played, Message(Speaker.ASSISTANT, "Well?")), SAID)
    assert replied(store, engine, later, contacts=(CONTACT,)) == (words, False)
    assert chat.seen == []


def test_a_model_that_sees_a_serious_matter_ends_it_as_well(store):
    """It is the second reader."""
    _, engine = an_llm(AIMessage(APART))
    words, goes_on = replied(store, engine, answered(began(store, engine), SAID))
    assert "kept nowhere" in words
    assert not goes_on


@pytest.mark.parametrize(
    ("viewer", "why"),
    [(person(TONI), Refused), (person("mi0@acme.example"), Unknown), (OPERATOR, Unknown), (person(LO), Refused)],
    ids=["the leader above", "one of the team", "the operator", "whose team is below the floor"],
)
def test_only_one_s_own_report_is_rehearsed(store, viewer, why):
    """There is no way to name anybody else's, and below the floor there is nothing to talk about."""
    chat, engine = an_llm(AIMessage("What is new?"))
    played = answered(began(store, engine), SAID)
    with pytest.raises(why):
        began(store, engine, viewer)
    with pytest.raises(why):
        replied(store, engine, played, viewer)
    assert chat.seen == []


def test_without_a_model_nobody_plays(store):
    """The embedded engine says what there is in its place."""
    with pytest.raises(Refused, match="likely questions"):
        began(store, the_embedded())


def test_while_a_round_is_open_there_is_nothing_to_rehearse(store):
    """Its report is nobody's to read yet."""
    _, engine = an_llm(AIMessage("What is new?"))
    open_round(store, NEXT, NOW + timedelta(days=90))
    with pytest.raises(Refused, match="once the round is closed"):
        began(store, engine, round_key=NEXT)
