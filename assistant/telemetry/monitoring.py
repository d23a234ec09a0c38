"""All that watches one process, as it was chosen for it."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from assistant.ports.index import Index
from assistant.ports.ledger import Ledger
from assistant.ports.store import Store
from assistant.ports.telemetry import Telemetry
from assistant.telemetry.watched import WatchedIndex, WatchedLedger, WatchedStore
from assistant.telemetry.watching import Watching

if TYPE_CHECKING:
    from assistant.telemetry.metrics import Metrics
    from assistant.telemetry.traces import Traces


class Monitoring:
    """Metrics where somebody has a token to read them, traces where there is a collector at ``traces_to``.

    Nothing is watched before :meth:`start`: a command that ends at once is not to wait for a collector.
    """

    def __init__(self, metrics_token: str | None, traces_to: str | None) -> None:
        self.metrics_token = metrics_token or ""
        self.metrics: Metrics | None = None
        self.traces: Traces | None = None
        self._traces_to = traces_to or ""
        self._watching = Watching()

    @property
    def is_wanted(self) -> bool:
        """Whether anybody wants to know."""
        return bool(self.metrics_token or self._traces_to)

    def admits(self, authorization: str) -> bool:
        """Whether a request with this header may read the metrics: it brings the token."""
        wanted = f"Bearer {self.metrics_token}".encode()
        return bool(self.metrics_token) and hmac.compare_digest(authorization.encode(), wanted)

    @property
    def telemetry(self) -> Telemetry:
        """Whoever watches steps and calls."""
        return self._watching

    def start(self) -> None:
        """Watch from now on what somebody wants to know."""
        self.metrics = _metrics() if self.metrics_token else None
        self.traces = _traces(self._traces_to) if self._traces_to else None
        self._watching.begin(self.metrics, self.traces)

    def close(self) -> None:
        """Hand over what has been traced."""
        if self.traces is not None:
            self.traces.close()

    def watched(self, store: Store) -> Store:
        """The store, with its transactions watched where anybody wants to know."""
        return WatchedStore(store, self.telemetry) if self.is_wanted else store

    def watched_index(self, index: Index) -> Index:
        """The index, with its queries and updates watched where anybody wants to know."""
        return WatchedIndex(index, self.telemetry) if self.is_wanted else index

    def watched_ledger(self, ledger: Ledger) -> Ledger:
        """The ledger, with the calls that are held in it watched where anybody wants to know."""
        return WatchedLedger(ledger, self.telemetry) if self.is_wanted else ledger


def _metrics() -> Metrics:
    from assistant.telemetry.metrics import Metrics

    return Metrics()


def _traces(address: str) -> Traces:
    from assistant.telemetry.traces import Traces

    return Traces(address)
