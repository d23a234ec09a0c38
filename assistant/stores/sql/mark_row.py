"""The mark of what is being handed over, in a row of the database, so that any machine finds it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select

from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.tables import handover as table

_ONE = 1


class MarkRow:
    """See :class:`assistant.ports.handover.Marks`.

    Each mark is a commit of the connection that has the right to send. If that connection is lost, the server has taken
    the right away before anybody else gets it, and the mark fails: so nothing is handed over by somebody whose right
    another one has by now.
    """

    def __init__(self, connection: Connection, in_words: Callable[[], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._in_words = in_words

    def put(self, mark: str) -> None:
        """Remember that this one is handed over now; raises Broken where the right to send is lost."""
        row = insert_into(self._connection, table).values(number=_ONE, mark=mark)
        with self._in_words():
            self._connection.execute(row.on_conflict_do_update(index_elements=["number"], set_={"mark": mark}))

    def has(self, mark: str) -> bool | None:
        """Whether this one was handed over; None where no mark was ever put here."""
        with self._in_words():
            last = self._connection.execute(select(table.c.mark).where(table.c.number == _ONE)).scalar_one_or_none()
        return None if last is None else last == mark
