"""What the vector index has yet to follow, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Select, bindparam, case, delete, insert, select

from assistant.domain.conversation import ConversationState
from assistant.domain.indexing import Entry, Shelf, Task
from assistant.domain.words import ConversationKind
from assistant.stores.sql.tables import conversation, finding, statement
from assistant.stores.sql.tables import index_task as table

_finding_id = finding.c.round_key + "/" + finding.c.manager + "/" + finding.c.id
_finding_group = finding.c.round_key + "/" + finding.c.manager
_statement_group = (
    conversation.c.round_key
    + "/"
    + case(
        (conversation.c.kind == ConversationKind.REFLECTION.value, conversation.c.author), else_=conversation.c.about
    )
)
_sent = conversation.c.state == ConversationState.SENT.value
_belongs = _sent & statement.c.shared


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

    def follow_conversation(self, id: str) -> None:
        """The index is to hold what is shared of a sent conversation, and to forget what is held back."""
        of_it = _statements().add_columns(statement.c.shared).where(conversation.c.id == id, _sent)
        rows = self._connection.execute(of_it).all()
        self.put(Entry(Shelf.STATEMENTS, row.id, row.group) for row in rows if row.shared)
        self.drop(Entry(Shelf.STATEMENTS, row.id, row.group) for row in rows if not row.shared)

    def forget_conversation(self, id: str) -> None:
        """The index is to forget all that it holds of a conversation; of a draft it holds nothing."""
        rows = self._connection.execute(_statements().where(conversation.c.id == id, _sent)).all()
        self.drop(Entry(Shelf.STATEMENTS, row.id, row.group) for row in rows)

    def waiting(self, most: int) -> tuple[Task, ...]:
        """What is to be forgotten, then the oldest tasks, with the text each needs now (None where there is none)."""
        oldest = table.select().order_by(table.c.forget.desc(), table.c.number)
        rows = self._connection.execute(oldest.limit(most)).all()
        wanted: dict[Shelf, list[str]] = {shelf: [] for shelf in Shelf}
        for row in rows:
            if not row.forget:
                wanted[Shelf(row.shelf)].append(row.entry)
        texts = {shelf: self._texts(shelf, ids) for shelf, ids in wanted.items()}
        return tuple(
            Task(
                row.number,
                Entry(Shelf(row.shelf), row.entry, row.group),
                None if row.forget else texts[Shelf(row.shelf)].get(row.entry),
            )
            for row in rows
        )

    def done(self, tasks: Iterable[Task]) -> None:
        """These have reached the index; what has changed again since then keeps waiting."""
        rows = [{"done": task.number} for task in tasks]
        if rows:
            self._connection.execute(delete(table).where(table.c.number == bindparam("done")), rows)

    def everything(self) -> tuple[Entry, ...]:
        """All statements and findings that belong into the index."""
        findings = select(_finding_id.label("id"), _finding_group.label("group")).order_by("id")
        statements = _statements().where(_belongs).order_by(conversation.c.number, statement.c.position)
        return (
            *(Entry(Shelf.STATEMENTS, *row) for row in self._connection.execute(statements)),
            *(Entry(Shelf.FINDINGS, *row) for row in self._connection.execute(findings)),
        )

    def _add(self, entries: Iterable[Entry], *, forget: bool) -> None:
        rows = [{"shelf": e.shelf.value, "entry": e.id, "group": e.group, "forget": forget} for e in entries]
        if rows:
            self._connection.execute(insert(table).prefix_with("OR REPLACE"), rows)

    def _texts(self, shelf: Shelf, ids: Sequence[str]) -> dict[str, str]:
        if not ids or shelf is Shelf.KNOWLEDGE:
            return {}
        if shelf is Shelf.STATEMENTS:
            found = _statements().with_only_columns(statement.c.id, statement.c.text).where(_belongs)
            rows = self._connection.execute(found.where(statement.c.id.in_(ids)))
        else:
            rows = self._connection.execute(select(_finding_id, finding.c.text).where(_finding_id.in_(ids)))
        return {row[0]: row[1] for row in rows}


def _statements() -> Select[str, str]:
    return select(statement.c.id.label("id"), _statement_group.label("group")).join(
        conversation, conversation.c.id == statement.c.conversation
    )
