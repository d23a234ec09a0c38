"""What the vector index has yet to follow, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from assistant.domain.access import Viewer, may_fill_index
from assistant.domain.errors import Refused
from assistant.domain.indexing import Entry, Shelf, Task
from assistant.stores.sql.tables import finding
from assistant.stores.sql.tables import index_task as table

_finding_id = finding.c.round_key + "/" + finding.c.manager + "/" + finding.c.id
_finding_group = finding.c.round_key + "/" + finding.c.manager


class SqlIndexQueue:
    """See :class:`assistant.ports.index_queue.IndexQueue`. An entry waits at most once, with its latest change."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, entries: Iterable[Entry]) -> None:
        """The index is to hold these entries."""
        self._add(entries, forget=False)

    def drop(self, entries: Iterable[Entry]) -> None:
        """The index is to forget these entries."""
        self._add(entries, forget=True)

    def waiting(self, most: int, viewer: Viewer) -> tuple[Task, ...]:
        """What is to be forgotten, then the oldest tasks, with the text each needs now (None where there is none).

        Raises Refused where the viewer may not have texts for the index.
        """
        if not may_fill_index(viewer):
            raise Refused("Texts are taken out to be searched by their vectors, and for nothing else.")
        oldest = table.select().order_by(table.c.forget.desc(), table.c.number)
        rows = self._connection.execute(oldest.limit(most)).all()
        texts = self._texts([row.entry for row in rows if not row.forget])
        return tuple(
            Task(row.number, Entry(Shelf(row.shelf), row.entry, row.group), texts.get(row.entry)) for row in rows
        )

    def done(self, tasks: Iterable[Task]) -> None:
        """These have reached the index; what has changed again since then keeps waiting."""
        rows = [{"done": task.number} for task in tasks]
        if rows:
            self._connection.execute(delete(table).where(table.c.number == bindparam("done")), rows)

    def everything(self) -> tuple[Entry, ...]:
        """All findings, which belong into the index."""
        findings = select(_finding_id.label("id"), _finding_group.label("group")).order_by("id")
        return tuple(Entry(Shelf.FINDINGS, *row) for row in self._connection.execute(findings))

    def _add(self, entries: Iterable[Entry], *, forget: bool) -> None:
        newest = {(e.shelf.value, e.id): e.group for e in entries}
        if newest:
            old = and_(table.c.shelf == bindparam("old_shelf"), table.c.entry == bindparam("old_entry"))
            self._connection.execute(delete(table).where(old), [{"old_shelf": s, "old_entry": e} for s, e in newest])
            rows = [{"shelf": s, "entry": e, "group": g, "forget": forget} for (s, e), g in newest.items()]
            self._connection.execute(insert(table), rows)

    def _texts(self, findings: Sequence[str]) -> dict[str, str]:
        """The texts of those findings (ids) that are there."""
        rows = self._connection.execute(select(_finding_id, finding.c.text).where(_finding_id.in_(findings)))
        return {row[0]: row[1] for row in rows}
