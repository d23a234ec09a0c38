"""Where an engine writes down what its calls use, and asks whether there is budget for one more."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from assistant.domain.usage import CallKind, Used


class Ledger(Protocol):
    """A book of calls."""

    def note(self, kind: CallKind, used: Used) -> None:
        """Write down what was used."""
        ...

    def holding(self, kind: CallKind, needed: Used) -> AbstractContextManager[None]:
        """Hold what one call may need at most for as long as it runs; raises OverBudget where that is not left."""
        ...
