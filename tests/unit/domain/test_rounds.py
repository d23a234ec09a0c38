"""Rounds: keys, floors, and being open."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.errors import BadInput, Refused
from assistant.domain.rounds import DEFAULT_FLOOR, LOWEST_FLOOR, Round, check_floor, check_key

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_an_open_round_takes_conversations():
    """That its time is over does not close it by itself."""
    round_ = Round("2026-Q4", 4, NOON, closes_at=NOON)
    assert round_.is_open
    round_.require_open()


def test_a_closed_round_takes_nothing_and_says_so():
    """The words name the round."""
    round_ = Round("2026-Q4", 4, NOON, closed_at=NOON)
    assert not round_.is_open
    with pytest.raises(Refused, match="2026-Q4 is closed"):
        round_.require_open()


def test_words_are_due_some_days_after_the_round_has_closed():
    """Not before, not while it is open, and not once they are gone."""
    closed = Round("2026-Q4", 4, NOON, closed_at=NOON)
    gone = Round("2026-Q4", 4, NOON, closed_at=NOON, words_deleted_at=NOON)
    day = NOON + timedelta(days=30)
    assert closed.words_are_due(day, 30)
    assert not closed.words_are_due(day - timedelta(microseconds=1), 30)
    assert not any(round_.words_are_due(day, 30) for round_ in (gone, Round("2026-Q4", 4, NOON, closes_at=NOON)))


def test_a_round_without_words_says_since_when():
    """And that its reports stay; one with words says nothing."""
    Round("2026-Q4", 4, NOON, closed_at=NOON).require_words()
    with pytest.raises(Refused, match=r"2026-Q4 was deleted on 2026-11-23.*reports stay"):
        Round("2026-Q4", 4, NOON, closed_at=NOON, words_deleted_at=NOON).require_words()


@pytest.mark.parametrize("key", ["2026-Q4", "a", "spring_26", "v1.2", "0" * 40])
def test_a_plain_key_is_taken_as_it_is(key):
    """Letters, digits, dots, dashes and underscores make a key."""
    assert check_key(key) == key


@pytest.mark.parametrize("key", ["", " ", "-a", ".a", "a b", "a/b", "../a", "Q4\n", "ä", "0" * 41])
def test_any_other_key_is_refused_with_an_example(key):
    """A key goes into file names and addresses, so that nothing else may be in it."""
    with pytest.raises(BadInput, match="2026-Q4"):
        check_key(key)


def test_the_floor_is_4_and_never_below_3():
    """The two numbers are the contract's."""
    assert (DEFAULT_FLOOR, LOWEST_FLOOR) == (4, 3)
    assert [check_floor(floor) for floor in (3, 4, 12)] == [3, 4, 12]


@pytest.mark.parametrize("floor", [2, 1, 0, -4])
def test_a_lower_floor_is_refused(floor):
    """The words say what was asked for."""
    with pytest.raises(BadInput, match=f"never below 3; {floor} was"):
        check_floor(floor)
