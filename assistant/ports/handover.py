"""What is remembered across a crash: which letter was being handed over."""

from __future__ import annotations

from typing import Protocol


class Marks(Protocol):
    """The mark of the letter that was handed over last, outlasting the process at any point."""

    def put(self, mark: str) -> None:
        """Remember that this one is handed over now; quick, as every moment here is one in which nobody knows.

        Raises Broken where the right to send was lost meanwhile: then it is not to be handed over.
        """
        ...

    def has(self, mark: str) -> bool | None:
        """Whether this one was handed over; None where what was remembered is lost, so that nobody knows."""
        ...
