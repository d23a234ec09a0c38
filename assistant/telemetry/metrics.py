"""Metrics in the form of Prometheus: how many steps, how long they took, and how they ended."""

from __future__ import annotations

import time

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, Info, generate_latest
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from assistant import __version__
from assistant.ports.telemetry import Asked, CallEnd, Outcome, Step

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_SECONDS_OF_A_CALL = (0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300)


class Metrics:
    """The metrics of one process, in a registry of its own; safe to share between threads."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        Info("value_loop", "Which version runs.", registry=self._registry).info({"version": __version__})
        self._steps = Counter(
            "value_loop_steps", "Steps that have ended.", ("step", "outcome"), registry=self._registry
        )
        self._seconds = Histogram(
            "value_loop_step_seconds", "Seconds that a step took.", ("step",), registry=self._registry, buckets=_SECONDS
        )
        self._last_done = Gauge(
            "value_loop_step_last_done_timestamp_seconds",
            "When a step was last done, in seconds since 1970.",
            ("step",),
            registry=self._registry,
        )
        self._calls = Counter(
            "value_loop_model_calls",
            "Calls of a language model that have ended, each with all its tries.",
            ("purpose", "outcome"),
            registry=self._registry,
        )
        self._call_seconds = Histogram(
            "value_loop_model_call_seconds",
            "Seconds that a call of a language model took, with all its tries and the wait for its turn.",
            ("purpose",),
            registry=self._registry,
            buckets=_SECONDS_OF_A_CALL,
        )
        self._under_way = Gauge("value_loop_under_way", "Requests and answers under way.", registry=self._registry)
        self._ending = Gauge("value_loop_ending", "1 where the process is to end, else 0.", registry=self._registry)

    def observe(self, step: Step, outcome: Outcome, seconds: float) -> None:
        """A step has ended."""
        self._steps.labels(step.value, outcome.value).inc()
        self._seconds.labels(step.value).observe(seconds)
        if outcome is Outcome.DONE:
            self._last_done.labels(step.value).set(time.time())

    def observe_call(self, asked: Asked, end: CallEnd, seconds: float) -> None:
        """A call of a language model has ended; one that a budget kept back took no time."""
        self._calls.labels(asked.value, end.value).inc()
        if end is not CallEnd.KEPT_BACK:
            self._call_seconds.labels(asked.value).observe(seconds)

    def as_text(self, under_way: int = 0, is_ending: bool = False) -> bytes:
        """All of them, as Prometheus reads them."""
        self._under_way.set(under_way)
        self._ending.set(is_ending)
        return generate_latest(self._registry)
