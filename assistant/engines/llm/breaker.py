"""A circuit breaker as a value: after failures in a row nothing is sent for a while, so that nobody waits in vain."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.errors import BadAnswer, NoAnswer, NotSet

FAILURES = 3
RESTS = 30.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """``failures`` in a row so far; it is open, and nothing passes, before ``open_until`` on a clock of seconds."""

    failures: int = 0
    open_until: float = 0.0

    def lets_pass(self, now: float) -> bool:
        """Whether a call may go out. After the rest calls go out again, and the first failure opens it anew."""
        return now >= self.open_until


def after(breaker: Breaker, error: NoAnswer | None, now: float) -> Breaker:
    """The breaker after a call. A bad answer is an answer: the server is there. Wrong settings open it at once."""
    if error is None or isinstance(error, BadAnswer):
        return Breaker()
    failures = FAILURES if isinstance(error, NotSet) else breaker.failures + 1
    return Breaker(failures, now + RESTS if failures >= FAILURES else 0.0)
