"""What has changed in the source of truth and has yet to reach the vector index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.indexing import Entry, Task


class IndexQueue(Protocol):
    """Tasks in order, written in the same transaction as the change they follow."""

    def put(self, entries: Iterable[Entry]) -> None:
        """The index is to hold these entries."""
        ...

    def drop(self, entries: Iterable[Entry]) -> None:
        """The index is to forget these entries."""
        ...

    def waiting(self, most: int, viewer: Viewer) -> tuple[Task, ...]:
        """What is to be forgotten, then the oldest tasks, with the text each needs now (None where there is none).

        Raises Refused where the viewer may not have texts for the index.
        """
        ...

    def done(self, tasks: Iterable[Task]) -> None:
        """These have reached the index."""
        ...

    def everything(self) -> tuple[Entry, ...]:
        """All findings, which belong into the index."""
        ...
