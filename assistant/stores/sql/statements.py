"""Claims and observations in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import Correction, settled
from assistant.domain.errors import Refused
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
        self.save_all(engine, {conversation: reading})

    def save_all(self, engine: str, readings: Mapping[str, Reading]) -> None:
        """The same for several conversations; ``readings`` by conversation (id)."""
        if not readings:
            return
        whose = self._conversations.whose_all(readings)
        self._connection.execute(delete(reading).where(reading.c.conversation.in_(list(readings))))
        whole = [self._whole_row(whose[id_], id_, engine, one) for id_, one in readings.items()]
        self._connection.execute(insert(reading), whole)
        placed = self._corrections.placed(readings)
        rows = [self._row(whose[id_], id_, n, s) for id_, one in placed.items() for n, s in enumerate(one.statements)]
        if rows:
            self._connection.execute(insert(table), rows)
        self._mark_shared(readings)

    def of(self, conversation: str, engine: str, viewer: Viewer) -> Reading | None:
        """What this engine read in a conversation that the viewer may see, else None."""
        return self.of_all([conversation], engine, viewer).get(conversation)

    def of_all(self, conversations: Collection[str], engine: str, viewer: Viewer) -> dict[str, Reading]:
        """The same for several conversations, by conversation (id); those that have none are left out."""
        held = self._conversations.seen_without_words(conversations, viewer)
        c = reading.c
        whole = select(c.conversation, c.body).where(c.conversation.in_(list(held)), c.engine == engine)
        bodies = {row.conversation: row.body for row in self._connection.execute(whole)}
        if not bodies:
            return {}
        rows = table.select().where(table.c.conversation.in_(list(bodies))).order_by(table.c.position)
        places, corrected = self._places(named_place, bodies), self._corrections.of_all(bodies, viewer)
        statements: dict[str, list[Statement]] = defaultdict(list)
        for row in self._connection.execute(rows):
            statement = self._statement(row, held[row.conversation], places[row.conversation])
            said = next((c for c in corrected.get(row.conversation, ()) if c.span == statement.span), None)
            statements[row.conversation].append(settled(statement, said))
        return {id_: self._reading(id_, body, statements[id_]) for id_, body in bodies.items()}

    def held_back(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places of a conversation that its author keeps back, in order; none where the viewer may not see it."""
        return self.held_back_in([conversation], viewer).get(conversation, ())

    def held_back_in(self, conversations: Collection[str], viewer: Viewer) -> dict[str, tuple[Span, ...]]:
        """The same for several conversations, by conversation (id)."""
        return self._seen(held_back, conversations, viewer)

    def under_name(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places that the author says under their name, in order; none where the viewer may not see it."""
        return self._seen(named_place, [conversation], viewer).get(conversation, ())

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
        self._mark_shared([conversation])

    def keep_back(self, conversation: str, span: Span, back: bool, viewer: Viewer) -> None:
        """Whether what is said at a place of the viewer's own conversation is held back; others stay as they are.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        self._own(conversation, viewer)
        self._set_place(held_back, conversation, span, back)
        self._mark_shared([conversation])

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
        self._mark_shared([correction.conversation])

    def _own(self, conversation: str, viewer: Viewer) -> None:
        if self._conversations.without_words(conversation, viewer).author != viewer.email:
            raise Refused("Only whoever said something can say what becomes of it.")

    def _set_place(self, places: Table[Any], conversation: str, span: Span, chosen: bool) -> None:
        """Take away all that lies across the place, and put the place itself where it is chosen."""
        c = places.c
        for other in self._places(places, [conversation])[conversation]:
            if other.overlaps(span):
                here = (c.message == other.message) & (c.start == other.start) & (c.end == other.end)
                self._connection.execute(delete(places).where(c.conversation == conversation, here))
        if chosen:
            place = {"message": span.message, "start": span.start, "end": span.end}
            self._connection.execute(insert(places).values(conversation=conversation, **place))

    def _mark_shared(self, conversations: Collection[str]) -> None:
        """Not shared is what lies across a place that is held back, and what its author says is nothing of the kind."""
        back, nothing = self._places(held_back, conversations), self._corrections.nothing_at(conversations)
        c = table.c
        own = c.conversation.in_(list(conversations))
        rows = self._connection.execute(select(c.id, c.conversation, c.message, c.start, c.end).where(own))
        kept = [
            id_
            for id_, conversation, *place in rows
            if any(Span(*place).overlaps(span) for span in [*back[conversation], *nothing.get(conversation, ())])
        ]
        self._connection.execute(update(table).where(own).values(shared=c.id.not_in(kept)))

    def _seen(self, places: Table[Any], conversations: Collection[str], viewer: Viewer) -> dict[str, tuple[Span, ...]]:
        found = self._places(places, self._conversations.seen_without_words(conversations, viewer))
        in_order = attrgetter("message", "start", "end")
        return {id_: tuple(sorted(spans, key=in_order)) for id_, spans in found.items()}

    def _places(self, places: Table[Any], conversations: Collection[str]) -> defaultdict[str, list[Span]]:
        """By conversation (id)."""
        c = places.c
        rows = select(c.conversation, c.message, c.start, c.end).where(c.conversation.in_(list(conversations)))
        found: defaultdict[str, list[Span]] = defaultdict(list)
        for conversation, *place in self._connection.execute(rows):
            found[conversation].append(Span(*place))
        return found

    def _whole_row(self, whose: Whose, conversation: str, engine: str, read: Reading) -> dict[str, Any]:
        """The row of a reading, without its statements, which are rows of their own."""
        whole = to_json(replace(read, statements=()))
        body = self._keys.seal(whose, _reading_at(conversation), whole)
        return {"conversation": conversation, "engine": engine, "body": body}

    def _reading(self, conversation: str, body: str, statements: Iterable[Statement]) -> Reading:
        whole = from_json(Reading, self._keys.unseal(_reading_at(conversation), body))
        return replace(whole, statements=tuple(statements))

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
