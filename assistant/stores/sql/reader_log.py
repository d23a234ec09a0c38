"""The reader log in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from assistant.domain.reading_log import LogEntry, Looked
from assistant.stores.sql.tables import reader_log as table


class SqlReaderLog:
    """See :class:`assistant.ports.reader_log.ReaderLog`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, entry: LogEntry) -> None:
        """Write one down."""
        self._connection.execute(
            insert(table).values(
                at=entry.at,
                reader=entry.reader,
                looked=entry.looked.value,
                round_key=entry.round_key,
                about=list(entry.about),
            )
        )

    def entries(self) -> tuple[LogEntry, ...]:
        """All, oldest first."""
        c = table.c
        rows = self._connection.execute(select(c.at, c.reader, c.looked, c.round_key, c.about).order_by(c.number))
        return tuple(
            LogEntry(at, reader, Looked(looked), round_key, tuple(about))
            for at, reader, looked, round_key, about in rows
        )
