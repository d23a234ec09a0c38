"""Where readings are written down."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.reading_log import LogEntry


class ReaderLog(Protocol):
    """Readings, in order."""

    def note(self, entry: LogEntry) -> None:
        """Write one down."""
        ...

    def entries(self) -> tuple[LogEntry, ...]:
        """All, oldest first."""
        ...
