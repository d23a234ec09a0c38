"""How sure a figure over several teams is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.inquiry.pooling import Estimate, differ, pooled

estimates = st.builds(
    lambda value, below, above, weight: Estimate(value, value - below, value + above, weight),
    st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 10),
)  # fmt: skip


def test_four_equal_teams_are_twice_as_sure_as_one():
    """The interval narrows with the square root of the number of teams."""
    four = pooled([Estimate(0.5, 0.3, 0.8)] * 4)
    assert four is not None
    assert (four.value, four.low, four.high) == pytest.approx((0.5, 0.4, 0.65))


def test_a_team_counts_by_its_weight():
    """Three claims count three times as much as one."""
    both = pooled([Estimate(1.0, 1.0, 1.0, 3), Estimate(0.0, 0.0, 0.0, 1)])
    assert both is not None
    assert both.value == 0.75


def test_without_any_weight_there_is_no_figure():
    """Nothing said is not zero."""
    assert pooled([]) is None
    assert pooled([Estimate(0.5, 0.1, 0.9, 0)]) is None


@given(st.lists(estimates, min_size=1, max_size=6))
def test_the_interval_holds_the_value_and_is_no_wider_than_the_widest(made):
    """Pooling never makes anything less sure than its least sure part."""
    whole = pooled(made)
    assert whole is not None
    assert whole.low <= whole.value + 1e-9
    assert whole.value <= whole.high + 1e-9
    assert whole.value - whole.low <= max(one.value - one.low for one in made) + 1e-9


def test_two_figures_differ_only_beyond_what_chance_may_bring():
    """Intervals that lie apart differ; those that share much do not."""
    assert differ(Estimate(0.9, 0.8, 1.0), Estimate(0.3, 0.2, 0.4))
    assert not differ(Estimate(0.6, 0.4, 0.8), Estimate(0.5, 0.3, 0.7))
