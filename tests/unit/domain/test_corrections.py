"""Corrections as values: where they hold, who may make them, and when there are enough to learn from."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, may_adjust, may_correct, person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Example, Meaning, Measured, enough, words_at
from assistant.domain.rounds import Round
from assistant.domain.statements import Span
from assistant.domain.words import ConversationKind, Fundamental, Speaker, Stance

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPEN = Round("2026-Q4", 4, NOON)
CLOSED = replace(OPEN, closed_at=NOON)
LI = person("li@acme.example")
SAID = (Message(Speaker.USER, "She listens to us."),)
FEEDBACK = Conversation("f", "2026-Q4", ConversationKind.FEEDBACK, LI.email, "mia@acme.example", SAID)
REFLECTION = replace(FEEDBACK, kind=ConversationKind.REFLECTION, about=None)
READ = Meaning(Fundamental.BUILDING_TRUST, "listening", Stance.VALUED)
CHANGED = replace(READ, stance=Stance.MISSING)


def by(people: int, count: int, meant: Meaning | None = CHANGED) -> list[Example]:
    """So many corrections, by so many people in turn."""
    kind = ConversationKind.FEEDBACK
    return [Example(n, f"m{n % people}@acme.example", kind, "words", READ, meant) for n in range(count)]


@pytest.mark.parametrize(("span", "words"), [(Span(0, 4, 11), "listens"), (Span(1, 0, 3), ""), (Span(-1, 0, 3), "")])
def test_a_place_outside_of_a_conversation_has_no_words(span, words):
    """So that no digest of words fits it."""
    assert words_at(FEEDBACK, span) == words


def test_only_the_author_corrects_and_feedback_only_while_its_round_is_open():
    """Not its manager, the operator or the analysis; a reflection also beside the report."""
    assert may_correct(LI, FEEDBACK, OPEN)
    assert may_correct(LI, REFLECTION, CLOSED)
    assert not may_correct(LI, FEEDBACK, CLOSED)
    for other in (person("mia@acme.example"), person(""), OPERATOR, ANALYSIS):
        assert not may_correct(other, FEEDBACK, OPEN)


def test_only_the_operator_says_whether_corrections_are_used():
    """No person, and not the analysis."""
    assert [may_adjust(viewer) for viewer in (OPERATOR, ANALYSIS, LI)] == [True, False, False]


@pytest.mark.parametrize(
    ("examples", "floor", "is_enough"),
    [
        (by(5, 30), 4, True),
        (by(5, 29), 4, False),
        (by(4, 60), 4, False),
        (by(5, 30), 6, False),
        (by(5, 30, None), 4, False),
        ([*by(5, 27, READ), *by(3, 3)], 4, False),
        ([*by(5, 26, READ), *by(4, 4)], 4, True),
        ([], 4, False),
    ],
)
def test_thirty_by_five_people_are_enough_if_a_whole_floor_of_them_changed_something(examples, floor, is_enough):
    """What is nothing of the kind does not count towards it."""
    assert enough(examples, floor) is is_enough


@pytest.mark.parametrize(
    ("measured", "helps"),
    [
        (Measured(0.4, 0.6, 0.1, 0.3), True),
        (Measured(0.4, 0.5, 0.0, 0.2), True),
        (Measured(0.4, 0.5, -0.01, 0.2), False),
        (Measured(0.4, 0.4, 0.0, 0.0), False),
    ],
)
def test_an_adjustment_helps_where_there_is_a_gain_and_no_chance_of_a_loss(measured, helps):
    """The interval may touch nothing, and not go below."""
    assert measured.helps is helps
