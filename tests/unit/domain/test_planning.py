"""What comes after a planned round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.errors import BadInput
from assistant.domain.planning import Every, PlannedRound, check_plan, later, next_key

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PLAN = PlannedRound("2026-Q4", NOON + timedelta(days=1), NOON + timedelta(days=20), 5, Every.QUARTER)


@pytest.mark.parametrize(
    ("key", "every", "following"),
    [
        ("2026-Q4", Every.QUARTER, "2027-Q1"),
        ("2026-Q1", Every.QUARTER, "2026-Q2"),
        ("2026-12", Every.MONTH, "2027-01"),
        ("2026-09", Every.MONTH, "2026-10"),
        ("2026", Every.YEAR, "2027"),
    ],
)
def test_keys_follow_each_other(key, every, following) -> None:
    """Over the end of a year, too."""
    assert next_key(key, every) == following


@pytest.mark.parametrize(
    ("key", "every"), [("spring", Every.QUARTER), ("2026-Q5", Every.QUARTER), ("2026-13", Every.MONTH)]
)
def test_a_key_without_a_next_one_is_refused(key, every) -> None:
    """With one that has a next."""
    with pytest.raises(BadInput, match=every.model):
        next_key(key, every)


def test_a_month_that_is_shorter_ends_earlier() -> None:
    """The last of January is followed by the last of February."""
    assert later(datetime(2027, 1, 31, 8, tzinfo=UTC), 1) == datetime(2027, 2, 28, 8, tzinfo=UTC)
    assert later(datetime(2026, 12, 5, 8, tzinfo=UTC), 3) == datetime(2027, 3, 5, 8, tzinfo=UTC)


def test_the_next_round_is_like_this_one() -> None:
    """With the same floor, as long, and planned again."""
    after = PLAN.after()
    assert (after.key, after.floor, after.every) == ("2027-Q1", 5, Every.QUARTER)
    assert (after.opens_at, after.closes_at) == (later(PLAN.opens_at, 3), later(PLAN.closes_at, 3))
    assert PlannedRound("once", NOON).after() is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"opens_at": NOON}, "opens in the future"),
        ({"closes_at": PLAN.opens_at}, "closes after it has opened"),
        ({"closes_at": None}, "needs a last day"),
        ({"closes_at": NOON + timedelta(days=99)}, "needs a last day before the next one opens"),
        ({"floor": 2}, "never below 3"),
        ({"key": "no key"}, "key is 1 to 40"),
        ({"key": "spring"}, "2026-Q4"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(changed, says) -> None:
    """With what to change."""
    values = {name: getattr(PLAN, name) for name in ("key", "opens_at", "closes_at", "floor", "every")}
    assert check_plan(PLAN, NOON) == PLAN
    with pytest.raises(BadInput, match=says):
        check_plan(PlannedRound(**values | changed), NOON)
