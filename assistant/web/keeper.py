"""What runs beside the app: the vector index follows the store, rounds close, and words go when their time is over."""

from __future__ import annotations

from threading import Event, Thread

from assistant.bootstrap import Parts
from assistant.loop.index import follow
from assistant.loop.upkeep import keep_up
from assistant.web.fault import write_down

EVERY_SECONDS = 20.0


class Keeper:
    """A background thread; ``with Keeper(parts):`` starts it, and stops it at the end of its round."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._over = Event()
        self._thread = Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> Keeper:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait a little for what is being done."""
        self._over.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not self._over.is_set():
            with _Survived():
                keep_up(self._parts.store, self._parts.now(), self._parts.settings.retention_days)
                follow(self._parts.store, self._parts.index, self._parts.engine, enough=self._over.is_set)
            self._over.wait(EVERY_SECONDS)


class _Survived:
    """One failed attempt is logged by its kind and tried again later; the app goes on."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, Exception):
            write_down("keeping_failed", error)
            return True
        return False
