"""What is remembered across a crash: which letter was being handed over, and that one process sends at a time."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


class Marks(Protocol):
    """The mark of the letter that was handed over last, outlasting the process at any point."""

    def put(self, mark: str) -> None:
        """Remember that this one is handed over now; quick, as every moment here is one in which nobody knows."""
        ...

    def has(self, mark: str) -> bool | None:
        """Whether this one was handed over; None where the machine itself went down since, so that nobody knows."""
        ...


class Handover(Protocol):
    """The right to send, which one process has at a time."""

    def taken(self) -> AbstractContextManager[Marks]:
        """Have it until the block ends, or the process. Raises Busy where another process has it."""
        ...
