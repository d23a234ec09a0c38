"""What calls cost: tokens by prompt, for as long as the process lives."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Used:
    """Calls and tokens of one prompt."""

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


class Ledger(Protocol):
    """Where use is written down."""

    def note(self, prompt: str, model: str, tokens_in: int, tokens_out: int) -> None:
        """One call of this prompt (name, version and fingerprint) to this model."""
        ...


class LedgerInMemory:
    """See :class:`Ledger`; it forgets at the end of the process."""

    def __init__(self) -> None:
        self._used: dict[tuple[str, str], Used] = {}
        self._writing = threading.Lock()

    def note(self, prompt: str, model: str, tokens_in: int, tokens_out: int) -> None:
        """Add one call."""
        with self._writing:
            so_far = self._used.get((prompt, model), Used())
            self._used[prompt, model] = replace(
                so_far,
                calls=so_far.calls + 1,
                tokens_in=so_far.tokens_in + tokens_in,
                tokens_out=so_far.tokens_out + tokens_out,
            )

    @property
    def used(self) -> dict[tuple[str, str], Used]:
        """By prompt and model."""
        with self._writing:
            return dict(self._used)
