"""Claims and observations in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import Correction, settled
from assistant.domain.errors import Refused, Unknown
from assistant.domain.statements import Reading, Span, Statement
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.tables import held_back, named_place, reading
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
            held = self._conversations.without_words(conversation, viewer)
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
        places = self._places(named_place, conversation)
        read = [self._statement(part, held, places) for part in parts]
        statements = tuple(settled(s, said.get(s.span)) for s in read)
        return replace(from_json(Reading, self._keys.unseal(_reading_at(conversation), body)), statements=statements)

    def held_back(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places of a conversation that its author keeps back, in order; none where the viewer may not see it."""
        return self._seen(held_back, conversation, viewer)

    def under_name(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places that the author says under their name, in order; none where the viewer may not see it."""
        return self._seen(named_place, conversation, viewer)

    def hold_back(self, conversation: str, ids: Iterable[str], viewer: Viewer) -> None:
        """Mark exactly these statements of the viewer's own conversation as not to be shared.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._own(conversation, viewer)
        self._connection.execute(delete(held_back).where(held_back.c.conversation == conversation))
        places = select(table.c.conversation, table.c.message, table.c.start, table.c.end).where(
            table.c.conversation == conversation, table.c.id.in_(list(ids))
        )
        self._connection.execute(
            insert(held_back).from_select(["conversation", "message", "start", "end"], places.distinct())
        )
        self._mark_shared(conversation)

    def keep_back(self, conversation: str, span: Span, back: bool, viewer: Viewer) -> None:
        """Whether what is said at a place of the viewer's own conversation is held back; others stay as they are.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._own(conversation, viewer)
        self._set_place(held_back, conversation, span, back)
        self._mark_shared(conversation)

    def put_name(self, conversation: str, span: Span, named: bool, viewer: Viewer) -> None:
        """Whether what is said at a place of the viewer's own conversation is said under their name.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._own(conversation, viewer)
        self._set_place(named_place, conversation, span, named)

    def correct(self, correction: Correction, viewer: Viewer) -> None:
        """Keep what the viewer says of a place in their own conversation, in place of what they said of it before.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._corrections.put(correction, viewer)
        self._mark_shared(correction.conversation)

    def _own(self, conversation: str, viewer: Viewer) -> None:
        if self._conversations.without_words(conversation, viewer).author != viewer.email:
            raise Refused("Only whoever said something can say what becomes of it.")

    def _set_place(self, places: Table[Any], conversation: str, span: Span, chosen: bool) -> None:
        """Take away all that lies across the place, and put the place itself where it is chosen."""
        c = places.c
        for other in self._places(places, conversation):
            if other.overlaps(span):
                here = (c.message == other.message) & (c.start == other.start) & (c.end == other.end)
                self._connection.execute(delete(places).where(c.conversation == conversation, here))
        if chosen:
            place = {"message": span.message, "start": span.start, "end": span.end}
            self._connection.execute(insert(places).values(conversation=conversation, **place))

    def _mark_shared(self, conversation: str) -> None:
        """Not shared is what lies across a place that is held back, and what its author says is nothing of the kind."""
        own = table.c.conversation == conversation
        back = [*self._places(held_back, conversation), *self._corrections.nothing_at(conversation)]
        rows = self._connection.execute(select(table.c.id, table.c.message, table.c.start, table.c.end).where(own))
        kept = [id_ for id_, *place in rows if any(Span(*place).overlaps(span) for span in back)]
        self._connection.execute(update(table).where(own).values(shared=table.c.id.not_in(kept)))

    def _replace_reading(self, conversation: str, engine: str, new: Reading) -> None:
        self._connection.execute(delete(reading).where(reading.c.conversation == conversation))
        whole = to_json(replace(new, statements=()))
        body = self._keys.seal(self._conversations.whose(conversation), _reading_at(conversation), whole)
        self._connection.execute(insert(reading).values(conversation=conversation, engine=engine, body=body))

    def _seen(self, places: Table[Any], conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        try:
            self._conversations.without_words(conversation, viewer)
        except Unknown:
            return ()
        return tuple(sorted(self._places(places, conversation), key=lambda span: (span.message, span.start, span.end)))

    def _places(self, places: Table[Any], conversation: str) -> list[Span]:
        c = places.c
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

    def _statement(self, row: Row[Any], held: Conversation, named: list[Span]) -> Statement:
        kept = from_json(Statement, self._keys.unseal(_statement_at(row.id), row.body))
        is_named = held.named or any(place.covers(kept.span) for place in named)
        return replace(kept, shared=row.shared, named=is_named)


def _reading_at(conversation: str) -> str:
    return f"reading/{conversation}"


def _statement_at(id: str) -> str:
    return f"statement/{id}"
