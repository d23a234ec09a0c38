"""One thread at a time, in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque


class Turnstile:
    """A lock that is handed on to whoever has waited longest.

    A plain lock is often taken again by the thread that has just let it go, so that with a hundred threads some wait
    many times as long as others.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False

    @property
    def waiting(self) -> int:
        """How many are waiting for their turn."""
        return len(self._waiting)

    def enter(self, patience: float) -> bool:
        """Wait for one's turn, at most so many seconds; whether it has come. Whoever has entered has to leave."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        return turn.acquire(timeout=patience) or self._came_at_the_last_moment(turn)

    def leave(self) -> None:
        """Let the next one in."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _came_at_the_last_moment(self, turn: threading.Lock) -> bool:
        """Whether the turn came between giving up waiting and saying so; else nobody waits for it any more."""
        with self._guard:
            if turn not in self._waiting:
                return True
            self._waiting.remove(turn)
            return False
