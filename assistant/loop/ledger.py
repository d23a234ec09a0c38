"""The ledger that lasts: what calls use is kept in the store, and held against the budget of their round."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import structlog

from assistant.domain.errors import OperatorError, OverBudget
from assistant.domain.usage import Budget, CallKind, Prices, Sums, Used
from assistant.ports.store import Store

OVER_BUDGET = (
    "Round {key} has used its budget, so the language model was not asked. Raise VALUE_LOOP_ROUND_TOKENS or "
    "VALUE_LOOP_ROUND_MONEY to let it go on."
)


class KeptLedger:
    """See :class:`assistant.ports.ledger.Ledger`; safe to share between threads.

    What the store cannot take just now waits here, and goes with what is noted next. Two processes do not see what
    each other's running calls hold; what these have used, they see.
    """

    def __init__(self, store: Store, budget: Budget, prices: Prices, now: Callable[[], datetime]) -> None:
        self._store, self._budget, self._prices, self._now = store, budget, prices, now
        self._turn = threading.Lock()
        self._waiting: list[tuple[CallKind, Used]] = []
        self._held: list[tuple[CallKind, Used]] = []

    def note(self, kind: CallKind, used: Used) -> None:
        """Keep what was used, under the first day of the month: a day could tell who answered on it."""
        with self._turn:
            self._waiting.append((kind, used))
            try:
                self._keep()
            except OperatorError as failed:
                structlog.get_logger().warning("use_not_kept_yet", error=type(failed).__name__)

    @contextmanager
    def holding(self, kind: CallKind, needed: Used) -> Iterator[None]:
        """Hold what a call of a round may need. Raises OverBudget where that is not left."""
        if kind.round_key is None or not self._budget.is_set:
            yield
            return
        with self._turn:
            if not self._budget.allows(self._spoken_for(kind.round_key), {kind: needed}, self._prices):
                raise OverBudget(OVER_BUDGET.format(key=kind.round_key))
            self._held.append((kind, needed))
        try:
            yield
        finally:
            with self._turn:
                self._held.remove((kind, needed))

    def _spoken_for(self, round_key: str) -> Sums:
        """What a round has used, and what its running calls may still need."""
        with self._store.work() as work:
            sums = dict(work.usage.sums(round_key))
        for kind, used in (*self._waiting, *self._held):
            if kind.round_key == round_key:
                sums[kind] = sums.get(kind, Used()) + used
        return sums

    def _keep(self) -> None:
        with self._store.work() as work:
            for kind, used in self._waiting:
                work.usage.add(self._now().date().replace(day=1), kind, used)
        self._waiting.clear()
