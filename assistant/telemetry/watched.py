"""Ports whose use is watched: the store, the index and the ledger of calls. Each does what the one within it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from assistant.domain.indexing import Entry, Hit, Shelf
from assistant.domain.usage import CallKind, CallPurpose, Used
from assistant.ports.handover import Marks
from assistant.ports.index import Index
from assistant.ports.ledger import Ledger
from assistant.ports.store import Duty, Store, Work
from assistant.ports.telemetry import Asked, Step, Telemetry

ASKED = {
    CallPurpose.TURNS: Asked.TALKING,
    CallPurpose.REHEARSALS: Asked.TALKING,
    CallPurpose.QUESTIONS: Asked.TALKING,
    CallPurpose.READING: Asked.READING,
    CallPurpose.MATCHING: Asked.MATCHING,
    CallPurpose.WORDING: Asked.WORDING,
    CallPurpose.SUMMARY: Asked.WORDING,
    CallPurpose.SUGGESTIONS: Asked.WORDING,
    CallPurpose.REPAIRS: Asked.REPAIRING,
    CallPurpose.TRIALS: Asked.TRYING,
    CallPurpose.VECTORS: Asked.VECTORS,
}
"""What is told of each purpose; of two rooms or sides the same."""


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


class WatchedIndex:
    """An index whose queries and updates are watched; what is asked for is told to nobody who watches."""

    def __init__(self, index: Index, telemetry: Telemetry) -> None:
        self._index = index
        self._telemetry = telemetry

    def put(self, entries: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """See :class:`assistant.ports.index.Index`."""
        with self._telemetry.step(Step.INDEX_UPDATE):
            self._index.put(entries, vectors)

    def drop(self, entries: Sequence[Entry]) -> None:
        """See :class:`assistant.ports.index.Index`."""
        with self._telemetry.step(Step.INDEX_UPDATE):
            self._index.drop(entries)

    def purge(self) -> None:
        """See :class:`assistant.ports.index.Index`; mostly there is nothing to do, so that it is not counted."""
        self._index.purge()

    def near(self, shelf: Shelf, vector: Sequence[float], groups: Sequence[str], most: int) -> tuple[Hit, ...]:
        """See :class:`assistant.ports.index.Index`."""
        with self._telemetry.step(Step.INDEX_QUERY):
            return self._index.near(shelf, vector, groups, most)

    def count(self, shelf: Shelf) -> int:
        """See :class:`assistant.ports.index.Index`."""
        return self._index.count(shelf)

    def clear(self) -> None:
        """See :class:`assistant.ports.index.Index`."""
        with self._telemetry.step(Step.INDEX_UPDATE):
            self._index.clear()


class WatchedLedger:
    """A ledger by which calls of a language model are watched, since each is held in it for as long as it runs."""

    def __init__(self, ledger: Ledger, telemetry: Telemetry) -> None:
        self._ledger = ledger
        self._telemetry = telemetry

    def note(self, kind: CallKind, used: Used) -> None:
        """See :class:`assistant.ports.ledger.Ledger`."""
        self._ledger.note(kind, used)

    @contextmanager
    def holding(self, kind: CallKind, needed: Used) -> Iterator[None]:
        """Hold what a call may need, and watch it; round, prompt and model are told to nobody who watches."""
        with self._telemetry.call(ASKED[kind.purpose]), self._ledger.holding(kind, needed):
            yield
