"""The line on which calls run: one thread with an event loop, on which each call can really be broken off."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

_MAKING = threading.Lock()
_lines: list[Line] = []


class Line:
    """Runs coroutines for threads that wait for them. Whoever stops waiting breaks the call off."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="language model", daemon=True).start()

    def result(self, call: Coroutine[Any, Any, T], seconds: float) -> T:
        """What a call gives or raises; TimeoutError after so many seconds, whether it can be broken off or not."""
        future = asyncio.run_coroutine_threadsafe(call, self._loop)
        try:
            return future.result(seconds)
        finally:
            future.cancel()

    def pieces(self, given: AsyncIterator[T], seconds: float) -> Iterator[T]:
        """What comes in, piece by piece; raises what ``given`` raises, and TimeoutError like :meth:`result`.

        Closing the iterator breaks the call off.
        """
        ends = time.monotonic() + seconds
        arrived: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()

        async def pump() -> None:
            try:
                async for piece in given:
                    arrived.put((piece,))
            finally:
                arrived.put(None)

        future = asyncio.run_coroutine_threadsafe(pump(), self._loop)
        try:
            while (held := arrived.get(timeout=max(0.0, ends - time.monotonic()))) is not None:
                yield held[0]
            future.result()
        except queue.Empty:
            raise TimeoutError from None
        finally:
            future.cancel()


def the_line() -> Line:
    """The one line of this process; connections that the library keeps open belong to its event loop.

    Two threads that need it first in the same moment get the same one.
    """
    with _MAKING:
        if not _lines:
            _lines.append(Line())
        return _lines[0]
