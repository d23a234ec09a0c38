"""Claims and observations in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.domain.access import Viewer
from assistant.domain.corrections import Correction, settled
from assistant.domain.errors import Refused, Unknown
from assistant.domain.statements import Reading, Span, Statement
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.tables import held_back, reading
from assistant.stores.sql.tables import statement as table
from assistant.stores.sql.values import from_json, to_json


class SqlStatements:
    """See :class:`assistant.ports.statements.Statements`.

    What an author held back or corrected is remembered by its place in the conversation, so that a later reading by
    another engine does not undo it. Kept is what the engine read; what the author says of it is laid over it whenever
    it is looked at.
    """

    def __init__(
        self,
        connection: Connection,
        conversations: SqlConversations,
        corrections: SqlCorrections,
        keys: SqlPersonKeys,
    ) -> None:
        self._connection = connection
        self._conversations = conversations
        self._corrections = corrections
        self._keys = keys

    def save(self, conversation: str, engine: str, reading: Reading) -> None:
        """Put this reading in place of any earlier one of the conversation."""
        self._replace_reading(conversation, engine, reading)
        placed = self._corrections.placed(reading, conversation)
        if placed.statements:
            whose = self._conversations.whose(conversation)
            rows = [self._row(whose, conversation, n, s) for n, s in enumerate(placed.statements)]
            self._connection.execute(insert(table), rows)
        self._mark_shared(conversation)

    def of(self, conversation: str, engine: str, viewer: Viewer) -> Reading | None:
        """What this engine read in a conversation that the viewer may see, else None."""
        try:
            self._conversations.get(conversation, viewer)
        except Unknown:
            return None
        c = reading.c
        whole = select(c.body).where(c.conversation == conversation, c.engine == engine)
        body = self._connection.execute(whole).scalar_one_or_none()
        if body is None:
            return None
        parts = self._connection.execute(
            table.select().where(table.c.conversation == conversation).order_by(table.c.position)
        )
        said = {c.span: c for c in self._corrections.of(conversation, viewer)}
        statements = tuple(settled(s, said.get(s.span)) for s in map(self._statement, parts))
        return replace(from_json(Reading, self._keys.unseal(_reading_at(conversation), body)), statements=statements)

    def held_back(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places of a conversation that its author keeps back, in order; none where the viewer may not see it."""
        try:
            self._conversations.get(conversation, viewer)
        except Unknown:
            return ()
        return tuple(sorted(self._held_back(conversation), key=lambda place: (place.message, place.start, place.end)))

    def hold_back(self, conversation: str, ids: Iterable[str], viewer: Viewer) -> None:
        """Mark exactly these statements of the viewer's own conversation as not to be shared.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        if self._conversations.get(conversation, viewer).author != viewer.email:
            raise Refused("Only whoever said something can hold it back.")
        self._connection.execute(delete(held_back).where(held_back.c.conversation == conversation))
        places = select(table.c.conversation, table.c.message, table.c.start, table.c.end).where(
            table.c.conversation == conversation, table.c.id.in_(list(ids))
        )
        self._connection.execute(
            insert(held_back).from_select(["conversation", "message", "start", "end"], places.distinct())
        )
        self._mark_shared(conversation)

    def correct(self, correction: Correction, viewer: Viewer) -> None:
        """Keep what the viewer says of a place in their own conversation, in place of what they said of it before.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._corrections.put(correction, viewer)
        self._mark_shared(correction.conversation)

    def _mark_shared(self, conversation: str) -> None:
        """Not shared is what lies across a place that is held back, and what its author says is nothing of the kind."""
        own = table.c.conversation == conversation
        back = [*self._held_back(conversation), *self._corrections.nothing_at(conversation)]
        rows = self._connection.execute(select(table.c.id, table.c.message, table.c.start, table.c.end).where(own))
        kept = [id_ for id_, *place in rows if any(Span(*place).overlaps(span) for span in back)]
        self._connection.execute(update(table).where(own).values(shared=table.c.id.not_in(kept)))

    def _replace_reading(self, conversation: str, engine: str, new: Reading) -> None:
        self._connection.execute(delete(reading).where(reading.c.conversation == conversation))
        whole = to_json(replace(new, statements=()))
        body = self._keys.seal(self._conversations.whose(conversation), _reading_at(conversation), whole)
        self._connection.execute(insert(reading).values(conversation=conversation, engine=engine, body=body))

    def _held_back(self, conversation: str) -> list[Span]:
        c = held_back.c
        rows = self._connection.execute(select(c.message, c.start, c.end).where(c.conversation == conversation))
        return [Span(*row) for row in rows]

    def _row(self, whose: Whose, conversation: str, position: int, statement: Statement) -> dict[str, Any]:
        return {
            "id": statement.id,
            "conversation": conversation,
            "position": position,
            "message": statement.span.message,
            "start": statement.span.start,
            "end": statement.span.end,
            "shared": statement.shared,
            "body": self._keys.seal(whose, _statement_at(statement.id), to_json(statement)),
        }

    def _statement(self, row: Row[Any]) -> Statement:
        kept = from_json(Statement, self._keys.unseal(_statement_at(row.id), row.body))
        return replace(kept, shared=row.shared)


def _reading_at(conversation: str) -> str:
    return f"reading/{conversation}"


def _statement_at(id: str) -> str:
    return f"statement/{id}"
