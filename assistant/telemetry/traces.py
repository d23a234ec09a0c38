"""Traces by OpenTelemetry: which step led to which, and how long each took."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, StatusCode

from assistant import __version__
from assistant.ports.telemetry import Outcome, Step

_LEAVE_MILLISECONDS = 3_000


class Traces:
    """Spans that go to a collector over OTLP/gRPC, in batches; one that is away loses spans and holds up nobody."""

    def __init__(self, address: str) -> None:
        self._provider = TracerProvider(
            resource=Resource({"service.name": "value-loop", "service.version": __version__})
        )
        exporter = OTLPSpanExporter(endpoint=address, insecure=address.startswith("http://"))
        self._batches = BatchSpanProcessor(exporter)
        self._provider.add_span_processor(self._batches)
        self._tracer = self._provider.get_tracer("value-loop", __version__)

    @contextmanager
    def span(self, step: Step) -> Iterator[Span]:
        """A span until the block ends; of an error its kind is noted, and never its text, which may hold words."""
        with self._tracer.start_as_current_span(
            step.value, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                raise

    def close(self) -> None:
        """Send what is left, if the collector takes it soon."""
        self._batches.force_flush(_LEAVE_MILLISECONDS)
        self._provider.shutdown()


def note(span: Span, outcome: Outcome) -> None:
    """How a step ended."""
    span.set_attribute("outcome", outcome.value)
    if outcome is Outcome.FAILED:
        span.set_status(StatusCode.ERROR)
