"""Claims and observations: kept with their place, held back for good, and never told to the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused, Unknown
from assistant.domain.statements import Reading, Span, Statement
from assistant.domain.words import ConversationKind, Speaker
from assistant.stores.sql.store import SqlStore, SqlWork

MIA = person("mia@acme.example")
LI = person("li@acme.example")
DRAFT: dict[str, Any] = {"state": ConversationState.DRAFT}
FEEDBACK: dict[str, Any] = {
    "kind": ConversationKind.FEEDBACK,
    "author": "li@acme.example",
    "about": "mia@acme.example",
}

Keep = Callable[..., Conversation]
MakeStatement = Callable[..., Statement]
MakeReading = Callable[..., Reading]


def test_a_reading_comes_back_as_it_was_saved(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """Statements in order with every field, and signals, unsure parts and language of the whole."""
    held = keep("r", about="li@acme.example")
    read = reading(statement(held, 2), replace(statement(held, 1), about=None, signal=None, confidence=1.0))
    with store.work() as work:
        work.statements.save("r", "embedded:1", read)
    with store.work() as work:
        assert work.statements.of("r", "embedded:1", ANALYSIS) == read
        assert work.statements.of("r", "embedded:1", MIA) == read


def test_a_reading_is_shown_only_to_who_may_see_the_conversation(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """For the manager it is about, the operator and a stranger there is none."""
    held = keep("f", **FEEDBACK)
    with store.work() as work:
        work.statements.save("f", "e", reading(statement(held)))
        assert [work.statements.of("f", "e", viewer) for viewer in (MIA, OPERATOR, person(""))] == [None] * 3


def test_another_engines_reading_takes_the_place_of_the_first(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """There is one reading a conversation, of the engine that read last."""
    held = keep("r")
    with store.work() as work:
        work.statements.save("r", "old", reading(statement(held, 1), statement(held, 2)))
        work.statements.save("r", "new", reading(statement(held, 1, text="moved Li")))
        assert work.statements.of("r", "old", MIA) is None
        assert work.statements.of("r", "new", MIA) == reading(statement(held, 1, text="moved Li"))


def test_the_index_never_hears_of_what_people_said(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """Neither of a draft nor of what was sent, read, shared or held back: a vector would tell of the words."""
    draft, sent = keep("r", **DRAFT), keep("f", **FEEDBACK)
    with store.work() as work:
        work.statements.save("r", "e", reading(statement(draft)))
        work.conversations.send("r", MIA)
        work.statements.save("f", "e", reading(statement(sent, 1), statement(sent, 2)))
        work.statements.hold_back("f", ["f:1"], LI)
        assert work.index_queue.waiting(10, ANALYSIS) == work.index_queue.everything() == ()


def test_exactly_the_chosen_statements_are_held_back(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """A second choice takes the place of the first."""
    held = keep("f", **FEEDBACK)
    with store.work() as work:
        work.statements.save("f", "e", reading(statement(held, 1), statement(held, 2)))
        work.statements.hold_back("f", ["f:1"], LI)
        assert _shared(work) == {"f:1": False, "f:2": True}
        work.statements.hold_back("f", ["f:2"], LI)
        assert _shared(work) == {"f:1": True, "f:2": False}


def test_what_was_held_back_stays_so_for_every_later_engine(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """A new engine that reads the same place, under another id and with other bounds, does not bring it out again."""
    held = keep("f", **FEEDBACK)
    overlapping = replace(statement(held, 3), id="f:7", span=Span(1, 15, 25))
    beside = replace(statement(held, 3), id="f:8", span=Span(1, 20, 30))
    elsewhere = replace(statement(held, 3), id="f:9", span=Span(3, 10, 20))
    with store.work() as work:
        work.statements.save("f", "old", reading(statement(held, 1)))
        work.statements.hold_back("f", ["f:1"], LI)
        work.statements.save("f", "blind", reading())
        work.statements.save("f", "new", reading(overlapping, beside, elsewhere))
        read = work.statements.of("f", "new", ANALYSIS)
        assert read is not None
        assert [s.shared for s in read.statements] == [False, True, True]


def test_only_the_author_holds_something_back(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """To others the conversation is not there, and the analysis, which may read it, is refused."""
    held = keep("f", **FEEDBACK)
    with store.work() as work:
        work.statements.save("f", "e", reading(statement(held)))
        with pytest.raises(Unknown):
            work.statements.hold_back("f", ["f:1"], MIA)
        with pytest.raises(Refused):
            work.statements.hold_back("f", ["f:1"], ANALYSIS)
        assert work.statements.of("f", "e", LI) == reading(statement(held))


def test_a_stand_in_is_remembered(store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading) -> None:
    """Kept under the engine that was to read, with the name of the one that did."""
    held = keep("r", about="li@acme.example")
    read = replace(reading(statement(held)), stand_in="embedded:1")
    with store.work() as work:
        work.statements.save("r", "openai:small", read)
    with store.work() as work:
        assert work.statements.of("r", "openai:small", ANALYSIS) == read
        assert work.statements.of("r", "embedded:1", ANALYSIS) is None


def test_what_is_added_to_a_draft_makes_its_reading_void(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """A reading is of all that was said, or there is none."""
    held = keep("r", about="li@acme.example", **DRAFT)
    with store.work() as work:
        work.statements.save("r", "e", reading(statement(held)))
    with store.work() as work:
        work.conversations.append("r", len(held.messages), Message(Speaker.USER, "And one more thing."), MIA)
        assert work.statements.of("r", "e", MIA) is None


def _shared(work: SqlWork) -> dict[str, bool]:
    read = work.statements.of("f", "e", LI)
    assert read is not None
    return {s.id: s.shared for s in read.statements}


def test_several_conversations_are_kept_and_read_at_once_as_each_alone(
    store: SqlStore, keep: Keep, statement: MakeStatement, reading: MakeReading
) -> None:
    """What was read, held back and corrected in one of them says nothing of another, and unseen ones are left out."""
    mine, other = keep("r", author="li@acme.example"), keep("s", author="li@acme.example", said="I moved Li, and more.")
    theirs = keep("f", **FEEDBACK | {"author": "bo@acme.example"})
    read = {held.id: reading(statement(held, 1), statement(held, 2)) for held in (mine, other, theirs)}
    with store.work() as work:
        work.statements.save_all("e", read)
        work.statements.hold_back("s", ["s:2"], LI)
        seen = work.statements.of_all(["r", "s", "f"], "e", LI)
        assert seen.keys() == {"r", "s"}
        assert seen["r"] == read["r"] == work.statements.of("r", "e", LI)
        assert [one.shared for one in seen["s"].statements] == [True, False]
        assert work.statements.held_back_in(["r", "s", "f"], LI).keys() == {"s"}
        assert work.statements.of_all(["r", "f"], "e", ANALYSIS) == {id_: read[id_] for id_ in ("r", "f")}
        work.statements.save_all("e", {})
        assert work.statements.of("f", "e", ANALYSIS) == read["f"]
