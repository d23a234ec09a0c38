"""What runs beside the app: the index follows the store, rounds open and close, words go, and what is due is sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from assistant.bootstrap import Parts
from assistant.domain.errors import Busy
from assistant.loop.index import follow
from assistant.loop.sending import send_due
from assistant.loop.upkeep import keep_up
from assistant.ports.telemetry import Step
from assistant.web.fault import write_down

EVERY_SECONDS = 20.0
LEAVE_SECONDS = 10.0


class Keeper:
    """Two background threads; ``with Keeper(parts):`` starts them, and stops each at the end of its round.

    Sending has one of its own: a mail server that takes its time is to hold up nothing else.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
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
        parts = self._parts
        with parts.monitoring.telemetry.step(Step.UPKEEP):
            keep_up(parts.store, parts.now(), parts.settings.retention_days, parts.announcer)
        with parts.monitoring.telemetry.step(Step.INDEX), suppress(Busy):  # another process may be at it
            follow(parts.store, parts.index, parts.engine, enough=self._over.is_set)

    def _send(self) -> None:
        post = self._parts.post()
        if post is not None:
            with self._parts.monitoring.telemetry.step(Step.SENDING):
                send_due(self._parts.store, post, enough=self._over.is_set)


class _Survived:
    """One failed attempt is logged by its kind and tried again later; the app goes on."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, Exception):
            write_down("keeping_failed", error)
            return True
        return False
