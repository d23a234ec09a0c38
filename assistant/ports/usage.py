"""Where it is kept what calls to a language model used."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from assistant.domain.usage import CallKind, Sums, Used


class Usage(Protocol):
    """Sums by day and kind of call; no single call is kept, and no time of day."""

    def add(self, day: date, kind: CallKind, used: Used) -> None:
        """Add to the sums of a day."""
        ...

    def sums(self, round_key: str | None = None) -> Sums:
        """The sums over all days, of one round or of everything, in order of kind."""
        ...
