"""What authors say of how their words were read, in SQL. Kept are places and locked digests, never the words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from assistant.domain.access import Viewer, person
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import (
    Adjustment,
    Correction,
    Example,
    places_kept,
    still_holding,
    words_at,
)
from assistant.domain.errors import Refused
from assistant.domain.rewording import Edit, moved
from assistant.domain.statements import Reading, Span
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.person_keys import SqlPersonKeys
from assistant.stores.sql.tables import adjustment, held_back
from assistant.stores.sql.tables import conversation as said
from assistant.stores.sql.tables import correction as table
from assistant.stores.sql.values import from_json, to_json


class SqlCorrections:
    """See :class:`assistant.ports.corrections.Corrections`."""

    def __init__(self, connection: Connection, conversations: SqlConversations, keys: SqlPersonKeys) -> None:
        self._connection = connection
        self._conversations = conversations
        self._keys = keys

    def of(self, conversation: str, viewer: Viewer) -> tuple[Correction, ...]:
        """Those of a conversation that the viewer may see, in order of place; others have none."""
        return self.of_all([conversation], viewer).get(conversation, ())

    def of_all(self, conversations: Collection[str], viewer: Viewer) -> dict[str, tuple[Correction, ...]]:
        """The same for several conversations, by conversation (id); those that have none are left out."""
        kept = self._kept_in(self._conversations.seen_without_words(conversations, viewer))
        return {id_: still_holding(said.values(), self._conversations.get(id_, viewer)) for id_, said in kept.items()}

    def examples(self, viewer: Viewer) -> tuple[Example, ...]:
        """Those with the words they are about, as far as the viewer may see them; nothing that is held back."""
        corrected = said.c.id.in_(select(table.c.conversation).distinct())
        found = [e for held in self._conversations.seen(corrected, viewer) for e in self._examples(held)]
        return tuple(sorted(found, key=lambda example: example.number))

    def adjustment(self) -> Adjustment | None:
        """How corrections are used; None where they are not."""
        row = self._connection.execute(adjustment.select()).first()
        return None if row is None else Adjustment(row.upto, row.behaviours, row.stances)

    def use(self, new: Adjustment | None) -> None:
        """Use them so from now on."""
        self._connection.execute(delete(adjustment))
        if new is not None:
            values = {"upto": new.upto, "behaviours": new.behaviours, "stances": new.stances}
            self._connection.execute(insert(adjustment).values(values))

    def put(self, correction: Correction, viewer: Viewer) -> None:
        """Keep what the viewer says of a place in their own conversation, in place of what was said across it before.

        Raises Unknown where the viewer may not see the conversation, Refused where it is not their own.
        """
        if self._conversations.without_words(correction.conversation, viewer).author != viewer.email:
            raise Refused("Only whoever said something can say how it was meant.")
        across = [n for n, c in self._kept(correction.conversation).items() if c.span.overlaps(correction.span)]
        self._connection.execute(delete(table).where(table.c.number.in_(across)))
        self._connection.execute(insert(table).values(self._row(correction)))

    def follow(self, conversation: str, edit: Edit) -> None:
        """Move along with an edit of the author's words; what was said of the words that are gone goes with them."""
        kept = self._kept(conversation)
        self._connection.execute(delete(table).where(table.c.number.in_(kept)))
        after = ((c, moved(c.span, edit)) for c in kept.values())
        rows = [self._row(replace(c, span=span)) for c, span in after if span is not None]
        if rows:
            self._connection.execute(insert(table), rows)

    def placed(self, readings: Mapping[str, Reading]) -> dict[str, Reading]:
        """Readings by conversation (id), each with one statement at every place that its author corrected."""
        placed = dict(readings)
        for id_, corrected in self._kept_in(readings).items():
            held = self._conversations.get(id_, person(self._conversations.whose(id_).email))
            placed[id_] = places_kept(readings[id_], still_holding(corrected.values(), held), held)
        return placed

    def nothing_at(self, conversations: Collection[str]) -> dict[str, list[Span]]:
        """Where authors have said nothing of the kind, by conversation (id)."""
        kept = self._kept_in(conversations)
        return {id_: [c.span for c in said.values() if c.meant is None] for id_, said in kept.items()}

    def _kept(self, conversation: str) -> dict[int, Correction]:
        return self._kept_in([conversation]).get(conversation, {})

    def _kept_in(self, conversations: Collection[str]) -> dict[str, dict[int, Correction]]:
        """Corrections by number, by the conversation (id) that they are in."""
        kept: dict[str, dict[int, Correction]] = defaultdict(dict)
        for row in self._connection.execute(table.select().where(table.c.conversation.in_(list(conversations)))):
            kept[row.conversation][row.number] = self._correction(row)
        return dict(kept)

    def _examples(self, held: Conversation) -> list[Example]:
        back = [
            Span(*place)
            for place in self._connection.execute(
                select(held_back.c.message, held_back.c.start, held_back.c.end).where(
                    held_back.c.conversation == held.id
                )
            )
        ]
        kept = self._kept(held.id)
        holding = set(still_holding(kept.values(), held))
        return [
            Example(number, held.author, held.kind, words_at(held, c.span), c.was, c.meant)
            for number, c in kept.items()
            if c in holding and not any(c.span.overlaps(span) for span in back)
        ]

    def _row(self, correction: Correction) -> dict[str, Any]:
        span, whose = correction.span, self._conversations.whose(correction.conversation)
        return {
            "conversation": correction.conversation,
            "message": span.message,
            "start": span.start,
            "end": span.end,
            "body": self._keys.seal(whose, _at(correction.conversation, span), to_json(correction)),
        }

    def _correction(self, row: Row[Any]) -> Correction:
        place = _at(row.conversation, Span(row.message, row.start, row.end))
        return from_json(Correction, self._keys.unseal(place, row.body))


def _at(conversation: str, span: Span) -> str:
    return f"correction/{conversation}/{span.message}/{span.start}/{span.end}"
