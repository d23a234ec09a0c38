"""``value-loop round``."""

import pytest


def test_opening_a_round_tells_the_floor_and_how_many_are_asked(small) -> None:
    """Both are what people will want to know of it."""
    opened = small("round", "open", "2027-Q1", "--floor", "5", "--closes", "2999-12-31")
    assert opened.status == 0
    assert "Round 2027-Q1 is open until 2999-12-31 23:59 UTC." in opened.out
    assert "People asked: 7 about 2 managers; anonymity floor 5." in opened.out


def test_a_round_is_told_in_counts_to_machines(small) -> None:
    """Status has counts and times, and nobody's name."""
    status = small("round", "status", "2026-Q4", "--json")
    assert {key: value for key, value in status.json.items() if not key.endswith("_at")} == {
        "round": "2026-Q4",
        "open": True,
        "floor": 4,
        "managers": 2,
        "invited": 7,
        "reflections": 0,
        "feedbacks": 0,
        "reports": 0,
        "staying": 0,
        "rated": None,
    }
    assert "@" not in status.out


def test_closing_is_for_good_and_safe_to_repeat(small) -> None:
    """A closed round stays closed at the time it was closed."""
    first = small("round", "close", "2026-Q4", "--json").json
    assert first["open"] is False
    assert small("round", "close", "2026-Q4", "--json").json == first


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("open", "2026-Q4"), "2026-Q4"),
        (("open", "2027-Q1", "--floor", "2"), "never below 3"),
        (("open", "../../etc"), "letters, digits"),
        (("open", "2027-Q1", "--closes", "soon"), "is not a date"),
        (("open", "2027-Q1", "--closes", "2020-01-01"), "future"),
        (("close", "2031-Q1"), "2031-Q1"),
        (("status", "2031-Q1"), "2031-Q1"),
    ],
)
def test_what_cannot_be_is_refused(small, arguments, says) -> None:
    """A taken key, a floor below 3, a bad key or date and a round that is not there: exit 2, in words."""
    outcome = small("round", *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert says in outcome.err
    assert "Traceback" not in outcome.err
