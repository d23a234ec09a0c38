"""What is kept of links and sessions, and when a session is over."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.signing_in import (
    MOST_SESSIONS,
    SEEN_EVERY,
    Lifetimes,
    digest,
    is_too_fast,
    new_session,
    one_too_many,
)

NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LIVES = Lifetimes(session=timedelta(hours=8), idle=timedelta(hours=1))


def begun(number: int, at: datetime = NOW):
    """A session that began at this time."""
    return new_session(f"secret {number}", "mia@acme.example", "Firefox on Linux", at, LIVES)


def test_a_digest_tells_secrets_apart_and_does_not_hold_them():
    """SHA-256 of the secret, so that a stolen database opens no door."""
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest("abd") != digest("abc")


@pytest.mark.parametrize(
    ("later", "over"),
    [(timedelta(minutes=59), False), (timedelta(hours=1), True), (timedelta(hours=9), True)],
)
def test_a_session_that_nobody_uses_is_over_after_a_while(later, over):
    """The time without use decides, to the minute it is set to."""
    assert begun(1).is_over(NOW + later, LIVES.idle) is over


def test_a_session_in_steady_use_is_over_when_its_time_is_up():
    """However often it is used, it does not last longer than the life it began with."""
    session = begun(1)
    assert not session.is_over(NOW + timedelta(hours=8, seconds=-1), timedelta(days=1))
    assert session.is_over(NOW + timedelta(hours=8), timedelta(days=1))


def test_the_use_of_a_session_is_written_down_now_and_then():
    """Not on every request: a page asks several times a second."""
    assert not begun(1).is_due(NOW + SEEN_EVERY - timedelta(seconds=1))
    assert begun(1).is_due(NOW + SEEN_EVERY)


def test_a_session_is_named_by_something_that_opens_nothing():
    """Its name tells it apart from others, and is neither the secret nor the whole digest."""
    assert begun(1).name != begun(2).name
    assert len(begun(1).name) < len(begun(1).digest)
    assert "secret" not in begun(1).name


def test_of_too_many_sessions_the_one_unused_longest_ends():
    """Only where there is no room for one more."""
    held = tuple(begun(n, NOW + timedelta(minutes=n)) for n in range(MOST_SESSIONS))
    assert one_too_many(held[1:]) is None
    assert one_too_many(tuple(reversed(held))) == held[0]


def test_somebody_who_signs_in_again_and_again_has_to_wait_a_minute():
    """As many as there may be at once, within one minute, are too many; the same number over an hour is not."""
    quickly = tuple(begun(n) for n in range(MOST_SESSIONS))
    slowly = tuple(begun(n, NOW - timedelta(minutes=n)) for n in range(MOST_SESSIONS))
    assert is_too_fast(quickly, NOW)
    assert not is_too_fast(quickly, NOW + timedelta(minutes=1))
    assert not is_too_fast(quickly[1:], NOW)
    assert not is_too_fast(slowly, NOW)
