"""What stands around every call: a total time limit, tries again, a limit on calls at once, a circuit breaker."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from assistant.domain.errors import NoAnswer, OutOfReach
from assistant.engines.llm.breaker import Breaker, after
from assistant.engines.llm.faults import Fault, fault_of, known, too_slow
from assistant.engines.llm.line import the_line
from assistant.engines.llm.retrying import wait_before_next

T = TypeVar("T")

GRACE = 0.5
"""Seconds that a call has to let itself be broken off, before whoever waits for it goes on without it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a call may take in all, calls at once, and tries of one call."""

    seconds: float = 60.0
    at_once: int = 4
    tries: int = 3


class Guard:
    """Lets calls through within the limits; every way in which one can fail ends in a :class:`NoAnswer`."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._limits, self._clock, self._chance = limits, clock, chance
        self._places = threading.BoundedSemaphore(limits.at_once)
        self._breaker, self._turning = Breaker(), threading.Lock()

    @property
    def at_once(self) -> int:
        """How many calls are let through at the same time."""
        return self._limits.at_once

    def result(self, call: Callable[[], Awaitable[T]]) -> T:
        """What a call gives, tried again where that may help. Raises NoAnswer."""
        with self._place() as until, self._given_up():
            return the_line().result(self._tried(call, until), until - self._clock() + GRACE)

    def pieces(self, call: Callable[[], AsyncIterator[T]]) -> Iterator[T]:
        """What a call streams. Tried again only while nothing has come. Raises NoAnswer, also midway."""
        with self._place() as until, self._given_up():
            yield from the_line().pieces(self._streamed(call, until), until - self._clock() + GRACE)

    async def _tried(self, call: Callable[[], Awaitable[T]], until: float) -> T:
        tried = 0
        async with asyncio.timeout(until - self._clock()):
            while True:
                tried += 1
                try:
                    answered = await call()
                except known() as error:
                    await self._rest(fault_of(error), tried, until)
                else:
                    return answered

    async def _streamed(self, call: Callable[[], AsyncIterator[T]], until: float) -> AsyncIterator[T]:
        tried, begun = 0, False
        async with asyncio.timeout(until - self._clock()):
            while True:
                tried += 1
                try:
                    async for piece in call():
                        begun = True
                        yield piece
                except known() as error:
                    fault = fault_of(error)
                    await self._rest(Fault(fault.error) if begun else fault, tried, until)
                else:
                    return

    async def _rest(self, fault: Fault, tried: int, until: float) -> None:
        wait = wait_before_next(tried, self._limits.tries, fault, until - self._clock(), self._chance())
        if wait is None:
            raise fault.error from None
        await asyncio.sleep(wait)

    @contextmanager
    def _given_up(self) -> Iterator[None]:
        """Time that is over, in words: told on the line, or here where a call does not let itself be broken off."""
        try:
            yield
        except TimeoutError:
            raise too_slow(self._limits.seconds) from None

    @contextmanager
    def _place(self) -> Iterator[float]:
        """A place among the calls at once, and until when (on the clock) the call may take."""
        until = self._clock() + self._limits.seconds
        with self._turning:
            if not self._breaker.lets_pass(self._clock()):
                raise OutOfReach(
                    "The language model failed several times just now; it is left alone for half a minute."
                )
        if not self._places.acquire(timeout=self._limits.seconds):
            raise too_slow(self._limits.seconds)
        try:
            yield until
        except NoAnswer as error:
            self._note(error)
            raise
        else:
            self._note(None)
        finally:
            self._places.release()

    def _note(self, error: NoAnswer | None) -> None:
        with self._turning:
            self._breaker = after(self._breaker, error, self._clock())
