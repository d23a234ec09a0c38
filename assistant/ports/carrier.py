"""Whatever hands a letter over to a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assistant.domain.notices import Letter, Outcome


class Carrier(Protocol):
    """One way out of the house; what goes wrong comes back as an outcome, in words that name nobody."""

    def carry(self, letter: Letter, mark: Callable[[], None]) -> Outcome:
        """Hand a letter over.

        ``mark`` is called right before the last bytes leave without which no server may take the letter, and after all
        others have left; so without the mark the letter was not handed over. What it raises is passed on, and those
        bytes then never leave.
        """
        ...

    def check(self) -> str:
        """How the way stands, tried as far as that is possible without sending. Raises NoDelivery."""
        ...

    def close(self) -> None:
        """Let go of the connection, if there is one."""
        ...
