"""Watching steps: each is timed and counted once, for whoever wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING

from assistant.domain.errors import UserError
from assistant.ports.handover import Marks
from assistant.ports.store import Duty, Store, Work
from assistant.ports.telemetry import Ending, Outcome, Step, Telemetry

if TYPE_CHECKING:
    from assistant.telemetry.metrics import Metrics
    from assistant.telemetry.traces import Traces


class Watching:
    """See :class:`assistant.ports.telemetry.Telemetry`; before :meth:`begin` nothing is watched."""

    def __init__(self) -> None:
        self._metrics: Metrics | None = None
        self._traces: Traces | None = None

    def begin(self, metrics: Metrics | None, traces: Traces | None) -> None:
        """Tell these of each step from now on."""
        self._metrics, self._traces = metrics, traces

    @contextmanager
    def step(self, step: Step) -> Iterator[Ending]:
        """Watch a step until the block ends."""
        ending, began = Ending(), time.perf_counter()
        with ExitStack() as watched:
            if self._traces is not None:
                span = watched.enter_context(self._traces.span(step))
            try:
                yield ending
            except UserError:
                ending.outcome = Outcome.REFUSED
                raise
            except BaseException:
                ending.outcome = Outcome.FAILED
                raise
            finally:
                if self._metrics is not None:
                    self._metrics.observe(step, ending.outcome, time.perf_counter() - began)
                if self._traces is not None:
                    from assistant.telemetry.traces import note

                    note(span, ending.outcome)


class WatchedStore:
    """A store whose transactions are watched."""

    def __init__(self, store: Store, telemetry: Telemetry) -> None:
        self._store = store
        self._telemetry = telemetry

    @property
    def place(self) -> str:
        """Where everything is kept, in words."""
        return self._store.place

    @contextmanager
    def work(self, *about: str) -> Iterator[Work]:
        """Begin a transaction; whom it is about is told to nobody who watches."""
        with self._telemetry.step(Step.TRANSACTION), self._store.work(*about) as work:
            yield work

    def check(self) -> None:
        """See :class:`assistant.ports.store.Store`."""
        self._store.check()

    def alone(self, duty: Duty) -> AbstractContextManager[None]:
        """See :class:`assistant.ports.store.Store`."""
        return self._store.alone(duty)

    def sending(self) -> AbstractContextManager[Marks]:
        """See :class:`assistant.ports.store.Store`."""
        return self._store.sending()
