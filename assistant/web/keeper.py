"""What runs beside the app: the index follows the store, rounds open and close, words go, and what is due is sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread

from assistant.background import Background
from assistant.bootstrap import Parts
from assistant.domain.jobs import Job, JobKind
from assistant.web.fault import write_down

EVERY_SECONDS = 20.0
LEAVE_SECONDS = 10.0


class Keeper:
    """Two background threads; ``with Keeper(parts):`` starts them, and stops each at the end of its round.

    Sending has one of its own: a mail server that takes its time is to hold up nothing else.
    """

    def __init__(self, parts: Parts) -> None:
        self._background = Background(parts)
        self._over = Event()
        self._threads = [
            Thread(target=self._run, args=(self._keep,), name="keeper", daemon=True),
            Thread(target=self._run, args=(self._send,), name="sender", daemon=True),
        ]

    def __enter__(self) -> Keeper:
        """Start."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait a little for what is being done."""
        self._over.set()
        until = time.monotonic() + LEAVE_SECONDS
        for thread in self._threads:
            thread.join(timeout=max(0.0, until - time.monotonic()))

    def _run(self, duty: Callable[[], None]) -> None:
        while not self._over.is_set():
            with _Survived():
                duty()
            self._over.wait(EVERY_SECONDS)

    def _keep(self) -> None:
        self._background.perform(Job(JobKind.UPKEEP), self._over.is_set)
        self._background.perform(Job(JobKind.INDEX), self._over.is_set)

    def _send(self) -> None:
        self._background.perform(Job(JobKind.SENDING), self._over.is_set)


class _Survived:
    """One failed attempt is logged by its kind and tried again later; the app goes on."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, Exception):
            write_down("keeping_failed", error)
            return True
        return False
