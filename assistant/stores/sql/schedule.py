"""Rounds that open by themselves, in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from assistant.domain.errors import BadInput, Unknown
from assistant.domain.planning import Every, PlannedRound
from assistant.stores.sql.tables import planned_round as table


class SqlSchedule:
    """See :class:`assistant.ports.schedule.Schedule`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[PlannedRound, ...]:
        """All planned rounds, the one that opens first first."""
        c = table.c
        rows = self._connection.execute(
            select(c.key, c.opens_at, c.closes_at, c.floor, c.every).order_by(c.opens_at, c.key)
        )
        return tuple(
            PlannedRound(key, opens_at, closes_at, floor, Every(every) if every else None)
            for key, opens_at, closes_at, floor, every in rows
        )

    def add(self, planned: PlannedRound) -> None:
        """Plan a round; raises BadInput where one is planned under this key."""
        if any(one.key == planned.key for one in self.all()):
            raise BadInput(f"A round {planned.key} is planned already.")
        self._connection.execute(
            insert(table).values(
                key=planned.key,
                floor=planned.floor,
                opens_at=planned.opens_at,
                closes_at=planned.closes_at,
                every=planned.every.value if planned.every else None,
            )
        )

    def remove(self, key: str) -> None:
        """Plan it no more; raises Unknown."""
        if self._connection.execute(delete(table).where(table.c.key == key)).rowcount == 0:
            raise Unknown(f"No round {key} is planned.")
