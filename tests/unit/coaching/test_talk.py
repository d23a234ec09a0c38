"""The guide to the talk with the team: it can be said aloud, and tells of nobody."""

import pytest

from assistant.coaching.talk import guide
from assistant.domain.words import GAPS, FindingKind
from tests.fakes.reports import (
    BEHAVIOURS,
    a_finding,
    a_named_statement,
    a_report,
    a_suggestion,
    a_suppressed_report,
)

STRENGTH = a_finding("f1", FindingKind.HIDDEN_STRENGTH, "goals")
GAP = a_finding("f2", FindingKind.BLIND_SPOT, "listening")


def test_strengths_come_before_gaps_and_two_of_each_are_enough():
    """A talk that lists everything ends nowhere."""
    gaps = [
        a_finding(f"g{n}", FindingKind.SHARED_CONCERN, b) for n, b in enumerate(("workload", "bad_news", "priorities"))
    ]
    heard = guide(a_report("m", *gaps, STRENGTH), BEHAVIOURS).heard
    assert len(heard) == 3
    assert "value agreeing on goals" in heard[0]
    assert all("miss something" in sentence for sentence in heard[1:])


def test_what_rests_on_too_few_is_not_said_aloud():
    """The report may show such a finding without a number; in front of the team it would set them guessing."""
    few = a_finding("f3", FindingKind.BLIND_SPOT, "workload", respondents=None)
    made = guide(a_report("m", few), BEHAVIOURS)
    assert "load" not in " ".join((*made.heard, *made.ask))
    assert made.heard == ("Your answers do not point at one thing clearly. So I would rather ask you than guess.",)


def test_nobody_s_words_are_in_it_but_the_step_that_was_taken_on():
    """Neither named statements nor the texts of findings; the manager's own step as it was written."""
    report = a_report(
        "m", STRENGTH, GAP, named=(a_named_statement(text="Xylographic."),), suggestions=(a_suggestion(),)
    )
    assert "Xylographic" not in repr(guide(report, BEHAVIOURS))
    assert guide(report, BEHAVIOURS, ["On Mondays I listen."]).will_do == ("On Mondays I listen.",)
    assert "Count to three." in guide(report, BEHAVIOURS).will_do[0]


@pytest.mark.parametrize("kind", sorted(GAPS))
def test_each_kind_of_gap_has_its_question_and_its_hard_question(kind):
    """What the manager asks, and what a sceptical team member asks back."""
    made = guide(a_report("m", a_finding(kind=kind)), BEHAVIOURS)
    assert "listening" in made.ask[0]
    assert made.ask[0].count("?") == 1
    assert len(made.questions) == 3
    assert all(question.asked.rstrip(".").count("?") == 1 for question in made.questions)


def test_below_the_floor_there_is_no_guide():
    """Then the report says how to ask openly."""
    assert guide(a_suppressed_report(), BEHAVIOURS) is None
