"""Where looks are written down, and nothing of it is ever changed."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assistant.domain.log_chain import Link
from assistant.domain.reading_log import LogEntry, Sight


class ReaderLog(Protocol):
    """Looks in order, as one chain; there is no way to change or take out an entry."""

    def note(self, entry: LogEntry) -> None:
        """Write one down, chained to the one before."""
        ...

    def entries(self) -> tuple[LogEntry, ...]:
        """All, oldest first; for the operator."""
        ...

    def chain(self) -> tuple[Link, ...]:
        """All with their digests, oldest first; for the operator."""
        ...

    def seen_by(self, sight: Sight, most: int, skip: int = 0) -> tuple[LogEntry, ...]:
        """At most ``most`` of those that ``sight`` lets somebody see, newest first, after leaving out ``skip``."""
        ...

    def has_since(self, like: LogEntry, since: datetime) -> bool:
        """Whether the same look by the same reader has been noted at or after ``since``, with the same outcome."""
        ...
