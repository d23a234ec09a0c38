"""The anonymity floor."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.anonymity import reason, shown_count, suppressed

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
