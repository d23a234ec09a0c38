"""Where vectors are kept: ids and filters only, derived from the source of truth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.indexing import Entry, Hit, Shelf


class Index(Protocol):
    """Vectors on shelves. It can be thrown away and rebuilt."""

    def put(self, entries: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """Keep vectors; an entry that is there already gets the new one."""
        ...

    def drop(self, entries: Sequence[Entry]) -> None:
        """Forget entries; those that are not there are no error."""
        ...

    def purge(self) -> None:
        """Take what was dropped off the disk, too; nothing is done where nothing was."""
        ...

    def near(self, shelf: Shelf, vector: Sequence[float], groups: Sequence[str], most: int) -> tuple[Hit, ...]:
        """The nearest entries of these groups, nearest first."""
        ...

    def count(self, shelf: Shelf) -> int:
        """How many entries there are."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...
