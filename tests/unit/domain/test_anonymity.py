"""The anonymity floor."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.anonymity import at_least, reason, shown_count, suppressed

floors = st.integers(3, 50)
counts = st.integers(0, 200)


@given(counts, floors)
def test_a_number_is_shown_only_where_it_is_0_or_at_least_the_floor(count, floor):
    """Whatever lies between says nothing."""
    assert shown_count(count, floor) == (count if count == 0 or count >= floor else None)


@given(counts, floors)
def test_a_report_is_suppressed_exactly_below_the_floor(respondents, floor):
    """At the floor itself it is shown."""
    assert suppressed(respondents, floor) is (respondents < floor)


@given(floors)
def test_the_reason_tells_the_floor_and_not_how_many_answered(floor):
    """It is the same sentence for nobody and for one below the floor."""
    assert re.findall(r"\d+", reason(floor)) == [str(floor)]


@pytest.mark.parametrize(
    ("teams", "told"),
    [
        ([], 0),
        ([3], 0),
        ([4], 4),
        ([7], 4),
        ([6, 2], 4),
        ([2, 2], 4),
        ([2, 1], 0),
        ([6, 3, 3], 12),
        ([8, 3], 8),
    ],
)
def test_a_round_is_counted_in_steps_and_without_what_would_isolate_a_small_team(teams, told):
    """A multiple of the floor, here 4; small teams are in it only where they add up to the floor."""
    assert at_least(teams, 4) == told


@pytest.mark.parametrize(
    ("respondents", "wholly", "partly", "hidden"),
    [
        (5, 1, 0, False),
        (4, 1, 0, True),
        (5, 0, 1, False),
        (4, 0, 1, True),
        (4, 4, 0, False),
        (4, 3, 1, True),
        (3, 3, 0, True),
    ],
)
def test_whoever_is_named_hides_nobody_else(respondents, wholly, partly, hidden) -> None:
    """The others must be the floor by themselves, unless nothing is left that is anonymous."""
    assert suppressed(respondents, 4, wholly, partly) is hidden


@pytest.mark.parametrize(("count", "named", "shown"), [(5, 1, 5), (4, 1, None), (4, 4, 4), (3, 3, None), (0, 0, 0)])
def test_a_number_from_which_named_people_can_be_taken_away_is_shown_only_with_a_floor_left(
    count, named, shown
) -> None:
    """Who knows one of four answers by name could read three from the number four."""
    assert shown_count(count, 4, named) == shown
