"""The two sides of a comparison: what each respondent says of trust and fear as a whole."""

import pytest

from assistant.domain.conversation import Conversation, Message
from assistant.domain.statements import Described, Reading, Signs
from assistant.domain.words import ConversationKind, Signal, Speaker
from assistant.loop.sides import sides_of


def feedback(id: str, author: str) -> Conversation:
    """A feedback of one message."""
    said = (Message(Speaker.USER, f"{id} told"),)
    return Conversation(id, "2026-Q4", ConversationKind.FEEDBACK, author, "mia@acme.example", said)


def test_the_signs_of_two_feedbacks_of_one_person_add_up_as_those_of_one_person():
    """Either is enough, and nobody counts twice."""
    readings = {"a": Reading((), signs=Signs(0.5, 0.0)), "b": Reading((), signs=Signs(0.5, 0.2))}
    signs = sides_of([feedback("a", "li"), feedback("b", "li")], readings).signs
    assert signs["li"].trust == pytest.approx(0.75)
    assert signs["li"].fear == pytest.approx(0.2)


def test_whoever_read_no_signs_leaves_it_to_the_events():
    """Where one of a person's feedbacks has none, all of that person's climate is told by the events."""
    readings = {"a": Reading((), (Described(Signal.SAFETY, 0.9),)), "b": Reading((), signs=Signs(0.5, 0.2))}
    sides = sides_of([feedback("a", "li"), feedback("b", "li")], readings)
    assert sides.signs == {}
    assert sides.signals == {"li": {Signal.SAFETY: 0.9}}
