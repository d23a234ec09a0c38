"""Claims and observations in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.domain.access import Viewer
from assistant.domain.corrections import Correction, settled
from assistant.domain.errors import Refused, Unknown
from assistant.domain.statements import Described, Reading, Span, Statement
from assistant.domain.words import Fundamental, Signal, Stance
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.tables import held_back, reading
from assistant.stores.sql.tables import statement as table


class SqlStatements:
    """See :class:`assistant.ports.statements.Statements`.

    What an author held back or corrected is remembered by its place in the conversation, so that a later reading by
    another engine does not undo it. Kept is what the engine read; what the author says of it is laid over it whenever
    it is looked at.
    """

    def __init__(self, connection: Connection, conversations: SqlConversations, corrections: SqlCorrections) -> None:
        self._connection = connection
        self._conversations = conversations
        self._corrections = corrections

    def save(self, conversation: str, engine: str, reading: Reading) -> None:
        """Put this reading in place of any earlier one of the conversation."""
        self._replace_reading(conversation, engine, reading)
        placed = self._corrections.placed(reading, conversation)
        if placed.statements:
            rows = [_row(conversation, position, s) for position, s in enumerate(placed.statements)]
            self._connection.execute(insert(table), rows)
        self._mark_shared(conversation)

    def of(self, conversation: str, engine: str, viewer: Viewer) -> Reading | None:
        """What this engine read in a conversation that the viewer may see, else None."""
        try:
            held = self._conversations.get(conversation, viewer)
        except Unknown:
            return None
        c = reading.c
        whole = select(c.signals, c.unsure, c.language, c.stand_in).where(
            c.conversation == conversation, c.engine == engine
        )
        row = self._connection.execute(whole).first()
        if row is None:
            return None
        parts = self._connection.execute(
            table.select().where(table.c.conversation == conversation).order_by(table.c.position)
        )
        said = {c.span: c for c in self._corrections.of(conversation, viewer)}
        statements = tuple(settled(s, said.get(s.span)) for s in (_statement(part, held.author) for part in parts))
        return Reading(statements, _described(row.signals), row.unsure, row.language, row.stand_in)

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
        self._connection.execute(
            insert(reading).values(
                conversation=conversation,
                engine=engine,
                signals={one.signal.value: one.probability for one in new.signals},
                unsure=new.unsure,
                language=new.language,
                stand_in=new.stand_in,
            )
        )

    def _held_back(self, conversation: str) -> list[Span]:
        c = held_back.c
        rows = self._connection.execute(select(c.message, c.start, c.end).where(c.conversation == conversation))
        return [Span(*row) for row in rows]


def _described(kept: dict[str, float]) -> tuple[Described, ...]:
    return tuple(Described(Signal(name), probability) for name, probability in kept.items())


def _row(conversation: str, position: int, statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "conversation": conversation,
        "position": position,
        "about": statement.about,
        "message": statement.span.message,
        "start": statement.span.start,
        "end": statement.span.end,
        "text": statement.text,
        "fundamental": statement.fundamental.value,
        "behaviour": statement.behaviour,
        "stance": statement.stance.value,
        "confidence": statement.confidence,
        "signal": statement.signal.value if statement.signal else None,
        "shared": statement.shared,
    }


def _statement(row: Row[Any], author: str) -> Statement:
    return Statement(
        id=row.id,
        conversation=row.conversation,
        author=author,
        about=row.about,
        span=Span(row.message, row.start, row.end),
        text=row.text,
        fundamental=Fundamental(row.fundamental),
        behaviour=row.behaviour,
        stance=Stance(row.stance),
        confidence=row.confidence,
        signal=Signal(row.signal) if row.signal else None,
        shared=row.shared,
    )
