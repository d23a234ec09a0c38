"""The reader log in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select

from assistant.domain.log_chain import BEGINNING, Link, digest
from assistant.domain.reading_log import OWN_MATTERS, AskedFor, Capacity, LogEntry, Looked, Outcome, Sight
from assistant.stores.sql.dialects import list_holds, wait_for
from assistant.stores.sql.tables import reader_log as table
from assistant.stores.sql.values import from_json, to_json


class SqlReaderLog:
    """See :class:`assistant.ports.reader_log.ReaderLog`.

    Triggers refuse to change or delete a row, and ``previous`` is unique, so that two entries never follow on the same
    one. Who notes something is alone with the log until the transaction ends, so the newest entry is the newest when it
    is read.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, entry: LogEntry) -> None:
        """Write one down, chained to the one before."""
        wait_for(self._connection, "reader log")
        c = table.c
        newest = self._connection.execute(select(c.number, c.digest).order_by(c.number.desc()).limit(1)).first()
        number, previous = (newest.number, newest.digest) if newest is not None else (0, BEGINNING)
        self._connection.execute(
            insert(table).values(
                number=number + 1,
                at=entry.at,
                reader=entry.reader,
                capacity=entry.capacity.value,
                looked=entry.looked.value,
                asked=None if entry.asked is None else to_json(entry.asked),
                outcome=entry.outcome.value,
                round_key=entry.round_key,
                about=list(entry.about),
                previous=previous,
                digest=digest(entry, previous),
            )
        )

    def entries(self) -> tuple[LogEntry, ...]:
        """All, oldest first; for the operator."""
        return tuple(link.entry for link in self.chain())

    def chain(self) -> tuple[Link, ...]:
        """All with their digests, oldest first; for the operator."""
        rows = self._connection.execute(table.select().order_by(table.c.number))
        return tuple(Link(row.number, _entry(row), row.previous, row.digest) for row in rows)

    def seen_by(self, sight: Sight, most: int, skip: int = 0) -> tuple[LogEntry, ...]:
        """At most ``most`` of those that ``sight`` lets somebody see, newest first, after leaving out ``skip``."""
        c = table.c
        teams = [
            and_(c.round_key == key, c.looked.not_in(OWN_MATTERS), self._is_about(manager))
            for key, manager in sight.teams
        ]
        some = table.select().where(or_(self._is_about(sight.person), *teams))
        rows = self._connection.execute(some.order_by(c.number.desc()).limit(most).offset(skip))
        return tuple(map(_entry, rows))

    def has_since(self, like: LogEntry, since: datetime) -> bool:
        """Whether the same look by the same reader has been noted at or after ``since``, with the same outcome."""
        c = table.c
        same = (c.reader == like.reader, c.looked == like.looked.value, c.round_key == like.round_key)
        rows = self._connection.execute(select(c.about).where(*same, c.outcome == like.outcome.value, c.at >= since))
        return any(about == list(like.about) for about in rows.scalars())

    def _is_about(self, email: str) -> ColumnElement[bool]:
        return list_holds(self._connection, table.c.about, email)


def _entry(row: Row[Any]) -> LogEntry:
    return LogEntry(
        at=row.at,
        reader=row.reader,
        looked=Looked(row.looked),
        round_key=row.round_key,
        about=tuple(row.about),
        capacity=Capacity(row.capacity),
        outcome=Outcome(row.outcome),
        asked=None if row.asked is None else from_json(AskedFor, row.asked),
    )
