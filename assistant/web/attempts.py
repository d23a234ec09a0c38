"""How often one address may try links that do not open."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

MOST = 10
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 10_000


class FailedAttempts:
    """Failed tries by address, in memory, for the latest 10,000 addresses.

    Only failures count: a whole office may sign in from one address within a minute.
    """

    def __init__(self) -> None:
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def too_many(self, address: str, now: datetime) -> bool:
        """Whether this address failed :data:`MOST` times :data:`WITHIN` the time before ``now``."""
        with self._lock:
            failures = self._failures.get(address, deque())
            return len(failures) == MOST and now - failures[0] < WITHIN

    def count(self, address: str, now: datetime) -> None:
        """Count one failure."""
        with self._lock:
            self._failures.setdefault(address, deque(maxlen=MOST)).append(now)
            self._failures.move_to_end(address)
            if len(self._failures) > MOST_ADDRESSES:
                self._failures.popitem(last=False)
