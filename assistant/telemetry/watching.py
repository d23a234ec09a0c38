"""Watching steps and calls: each is timed and counted once, for whoever wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from assistant.domain.errors import OverBudget, UserError
from assistant.ports.telemetry import Asked, CallEnd, Ending, Outcome, Step

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

    @contextmanager
    def call(self, asked: Asked) -> Iterator[None]:
        """Watch a call of a language model until the block ends. It streams, so it is counted and makes no span."""
        end, began = CallEnd.FAILED, time.perf_counter()
        try:
            yield
            end = CallEnd.DONE
        except OverBudget:
            end = CallEnd.KEPT_BACK
            raise
        except GeneratorExit:
            end = CallEnd.LEFT
            raise
        finally:
            if self._metrics is not None:
                self._metrics.observe_call(asked, end, time.perf_counter() - began)
