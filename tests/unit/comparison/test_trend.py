"""What has changed since the round before: said only where it is sure, and never of too few people."""

from dataclasses import replace

import pytest

from assistant.comparison.alignment import Voices
from assistant.comparison.trend import difference, noticed, since
from assistant.comparison.uncertainty import wilson
from assistant.domain.report import FundamentalAlignment
from assistant.domain.trend import Direction, Noticed
from assistant.domain.words import FindingKind, Fundamental
from tests.fakes.reports import a_finding, a_report, a_suppressed_report

FLOOR = 4
EVERYBODY, NAME = "abcdefghijkl", Fundamental.CREATING_CLARITY


def voices(valuing: int, lacking: int) -> Voices:
    """So many people on each side, none on both."""
    return Voices(frozenset(EVERYBODY[:valuing]), frozenset(EVERYBODY[valuing : valuing + lacking]))


@pytest.mark.parametrize(
    ("valuing", "lacking", "says"),
    [
        (4, 0, Noticed.NOTICED),
        (4, 1, Noticed.NOTICED),
        (0, 4, Noticed.NOT_NOTICED),
        (1, 5, Noticed.NOT_NOTICED),
        (3, 3, Noticed.MIXED),
        (2, 4, Noticed.MIXED),
        (3, 1, Noticed.TOO_EARLY),
        (3, 0, Noticed.TOO_EARLY),
        (0, 3, Noticed.TOO_EARLY),
        (1, 0, Noticed.TOO_EARLY),
        (0, 0, Noticed.TOO_EARLY),
    ],
)
def test_a_clear_majority_of_at_least_the_floor_decides(valuing, lacking, says):
    """Fewer people than the floor, or three against one, tell nothing yet."""
    assert noticed(voices(valuing, lacking), FLOOR) is says


def test_whoever_is_known_by_name_fills_nobody_s_floor():
    """Of five who value it the manager knows two: three others are too few to be told of."""
    five = voices(5, 0)
    assert noticed(five, FLOOR) is Noticed.NOTICED
    assert noticed(five, FLOOR, frozenset("ab")) is Noticed.TOO_EARLY
    assert noticed(five, FLOOR, frozenset("abcde")) is Noticed.NOTICED


def backed(alignment: float | None, respondents: int):
    """A report in which so many people speak to the claims of one fundamental."""
    interval = None if alignment is None else wilson(alignment, respondents)
    return a_report(fundamentals=(FundamentalAlignment(NAME, 4, 1, 0, 1, 0, alignment, interval),))


@pytest.mark.parametrize(
    ("before", "now", "respondents", "direction"),
    [
        (0.1, 0.9, 8, Direction.UP),
        (0.9, 0.1, 8, Direction.DOWN),
        (0.4, 0.6, 8, Direction.TOO_EARLY),
        (0.4, 0.6, 200, Direction.UP),
        (0.5, 0.5, 200, Direction.TOO_EARLY),
    ],
)
def test_a_fundamental_has_moved_where_the_interval_of_the_difference_says_so(before, now, respondents, direction):
    """In a team of eight a step from two fifths to three tells nothing; among two hundred people it would."""
    (trend,) = since(backed(now, respondents), backed(before, respondents)).fundamentals
    assert (trend.name, trend.direction) == (NAME, direction)


def test_the_interval_of_a_difference_is_newcombe_s():
    """The example of the source: 56 of 70 against 48 of 80, at 95 %."""
    first, second = wilson(56 / 70, 70, 1.959964), wilson(48 / 80, 80, 1.959964)
    low, high = difference(48 / 80, second, 56 / 70, first)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_a_fundamental_without_claims_in_one_of_the_rounds_has_no_trend():
    """There is nothing to lay side by side."""
    assert since(backed(None, 8), backed(0.5, 8)).fundamentals == ()
    assert since(backed(0.5, 8), backed(None, 8)).fundamentals == ()


@pytest.mark.parametrize(
    ("before", "now", "confidence", "direction"),
    [
        (FindingKind.BLIND_SPOT, FindingKind.SHARED_STRENGTH, 0.8, Direction.UP),
        (FindingKind.HIDDEN_STRENGTH, FindingKind.SHARED_CONCERN, 0.8, Direction.DOWN),
        (FindingKind.BLIND_SPOT, FindingKind.SHARED_STRENGTH, 0.6, Direction.TOO_EARLY),
        (FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN, 0.9, Direction.TOO_EARLY),
    ],
)
def test_a_topic_has_moved_where_both_findings_are_sure(before, now, confidence, direction):
    """From a gap to something of value, or back; a gap that is now seen by both sides is a gap still."""
    earlier = a_report("m", a_finding(kind=before))
    later = a_report("m", a_finding(kind=now, confidence=confidence))
    (topic,) = since(later, earlier).topics
    assert (topic.before, topic.now, topic.direction) == (before, now, direction)


def test_what_only_one_of_the_rounds_tells_of_has_not_moved():
    """There is nothing to lay beside it; nor is there where nobody answered a claim."""
    told = a_report("m", a_finding(kind=FindingKind.BLIND_SPOT))
    unanswered = a_report("m", a_finding(kind=FindingKind.UNSEEN_CLAIM))
    for now, before in ((told, a_report("m")), (told, unanswered), (unanswered, told)):
        assert since(now, before).topics == ()


def test_nothing_is_compared_below_the_floor_or_across_engines():
    """A difference that could come from the reading alone is none; below the floor there is no figure at all."""
    report = backed(0.9, 8)
    assert since(report, a_suppressed_report()) is None
    assert since(a_suppressed_report(), report) is None
    across = since(report, replace(backed(0.1, 8), engine="embedded:other"))
    assert (across.same_engine, across.fundamentals, across.topics) == (False, (), ())
