"""How often one address may try to come in without success."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

MOST = 10
WITHIN = timedelta(minutes=1)
MOST_ADDRESSES = 10_000
_ONE_HOUSEHOLD = 64


class FailedAttempts:
    """Failed tries by address, in memory, for the latest 10,000 addresses.

    Only failures count: a whole office may sign in from one address within a minute. Of an IPv6 address the first 64
    bits count, which is the least that one connection to the internet has for itself.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def too_many(self, address: str, now: datetime) -> bool:
        """Whether this address failed as often as it may :data:`WITHIN` the time before ``now``."""
        with self._lock:
            failures = self._failures.get(_place(address), deque())
            return len(failures) == self._most and now - failures[0] < WITHIN

    def count(self, address: str, now: datetime) -> None:
        """Count one failure."""
        place = _place(address)
        with self._lock:
            self._failures.setdefault(place, deque(maxlen=self._most)).append(now)
            self._failures.move_to_end(place)
            if len(self._failures) > MOST_ADDRESSES:
                self._failures.popitem(last=False)


def _place(address: str) -> str:
    """What is counted as one address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.ip_network((known.packed, _ONE_HOUSEHOLD), strict=False))
