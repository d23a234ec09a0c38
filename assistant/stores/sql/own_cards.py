"""An organisation's own practice cards in SQL, each as a value of its own."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select

from assistant.domain.errors import Unknown
from assistant.domain.knowledge import Practice
from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.tables import own_card as table
from assistant.stores.sql.values import from_json, to_json


class SqlOwnCards:
    """See :class:`assistant.ports.own_cards.OwnCards`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[Practice, ...]:
        """Every card, by id, also what has run out."""
        rows = self._connection.execute(select(table.c.card).order_by(table.c.id)).scalars()
        return tuple(from_json(Practice, card) for card in rows)

    def put(self, cards: Iterable[Practice]) -> None:
        """Keep cards; one with the id of an earlier one takes its place."""
        for card in cards:
            row = insert_into(self._connection, table).values(id=card.id, card=to_json(card))
            self._connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"card": row.excluded.card}))

    def remove(self, id: str) -> None:
        """Take a card out; raises Unknown."""
        if not self._connection.execute(delete(table).where(table.c.id == id)).rowcount:
            raise Unknown(f"There is no card {id} of your own. See value-loop knowledge list.")
