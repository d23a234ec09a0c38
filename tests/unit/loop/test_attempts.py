"""Who tries too often has to wait, whichever process they reach."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.attempts import MOST_BEGUN, MOST_FAILED, WITHIN, Attempt
from assistant.loop.attempts import count, too_many
from assistant.loop.upkeep import keep_up
from assistant.stores.sql.store import SqlStore

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HERE, ELSEWHERE = "198.51.100.1", "198.51.100.2"


@pytest.fixture
def store(tmp_path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path)
    yield opened
    opened.close()


def fail(store: SqlStore, address: str, times: int = MOST_FAILED, at: datetime = NOW) -> None:
    """So many failures from there."""
    for _ in range(times):
        count(store, Attempt.FAILED, address, at)


def test_failed_tries_are_forgotten_after_a_while(store) -> None:
    """An address that has waited may try again; others never had to wait."""
    for second in range(MOST_FAILED):
        fail(store, HERE, 1, NOW + timedelta(seconds=second))
    soon = NOW + timedelta(seconds=MOST_FAILED)
    assert too_many(store, Attempt.FAILED, HERE, soon)
    assert not too_many(store, Attempt.FAILED, ELSEWHERE, soon)
    assert not too_many(store, Attempt.FAILED, HERE, NOW + WITHIN)


def test_two_processes_count_together(store, tmp_path) -> None:
    """Ten tries are ten tries, also where they are spread over two stores on one file."""
    other = SqlStore.open(tmp_path)
    fail(store, HERE, MOST_FAILED - 1)
    assert not too_many(other, Attempt.FAILED, HERE, NOW)
    fail(other, HERE, 1)
    assert too_many(store, Attempt.FAILED, HERE, NOW)
    other.close()


def test_beginning_and_failing_are_counted_apart(store) -> None:
    """Whoever goes to the provider often has not failed; that has a bound of its own."""
    for _ in range(MOST_BEGUN):
        count(store, Attempt.BEGUN, HERE, NOW)
    assert too_many(store, Attempt.BEGUN, HERE, NOW)
    assert not too_many(store, Attempt.FAILED, HERE, NOW)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.1", "198.51.100.1", True),
        ("testclient", "testclient", True),
    ],
)
def test_what_counts_as_one_address(store, one, other, same) -> None:
    """A household has billions of IPv6 addresses, and counts once; something that is no address counts as it stands."""
    fail(store, one)
    assert too_many(store, Attempt.FAILED, other, NOW) is same


def test_no_address_is_kept_and_nothing_stays_for_more_than_a_minute(store, tmp_path) -> None:
    """The files do not hold it as it is; the next upkeep takes away what nobody tried after."""
    fail(store, HERE)
    assert all(HERE.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    keep_up(store, NOW + WITHIN, 90)
    assert not too_many(store, Attempt.FAILED, HERE, NOW + timedelta(seconds=1))
