"""Which versions of reports were seen, in SQL: digests and counts."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from assistant.domain.publishing import Version
from assistant.domain.roll_up import RollUp, Tally
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.tables import contribution
from assistant.stores.sql.tables import publication as table
from assistant.stores.sql.tables import roll_up as frozen
from assistant.stores.sql.values import from_json, to_json

_NOBODY = ""
"""Whose the key of a round's digests is: no person's, so that no erasure of one takes it."""


class SqlPublications:
    """See :class:`assistant.ports.publications.Publications`."""

    def __init__(self, connection: Connection, keys: SqlPersonKeys) -> None:
        self._connection = connection
        self._keys = keys

    def key(self, round_key: str) -> bytes:
        """The round's own key for digests (32 bytes): made when first asked for, and gone with the round's words."""
        return self._keys.secret(Whose(_NOBODY, round_key), "digests of contributions")

    def put(self, version: Version) -> None:
        """This is the version of its manager's report now; one before that nobody has seen is forgotten."""
        self.forget_unseen(version.round_key, version.manager)
        number = self._connection.execute(
            insert(table)
            .values(
                round_key=version.round_key,
                manager=version.manager,
                suppressed=version.suppressed,
                seen=False,
                stays=False,
                tally=to_json(version.tally),
            )
            .returning(table.c.number)
        ).scalar_one()
        rows = [{"publication": number, "who": who, "what": what} for who, what in version.contributions.items()]
        if rows:
            self._connection.execute(insert(contribution), rows)

    def release(self, round_key: str, managers: Iterable[str]) -> None:
        """These managers' reports, as they are now, have been seen."""
        current = self._current(and_(table.c.round_key == round_key, table.c.manager.in_(list(managers))))
        self._connection.execute(update(table).where(table.c.number.in_(current)).values(seen=True))

    def seen(self, round_key: str, manager: str) -> tuple[Version, ...]:
        """The versions of a manager's report that were seen and show what rests on feedback, in order."""
        shown = and_(_of(round_key, manager), table.c.seen, ~table.c.suppressed)
        rows = self._connection.execute(table.select().where(shown).order_by(table.c.number))
        return tuple(self._version(row) for row in rows.all())

    def is_seen(self, round_key: str, manager: str) -> bool:
        """Whether the version that is there now has been seen; False where there is none."""
        current = self._current(_of(round_key, manager))
        return bool(self._connection.execute(select(table.c.seen).where(table.c.number.in_(current))).scalar())

    def forget_unseen(self, round_key: str, manager: str) -> None:
        """Forget the version of a manager's report that nobody has seen."""
        self._connection.execute(delete(table).where(_of(round_key, manager), ~table.c.seen))

    def forget(self, manager: str) -> None:
        """Forget all versions of a manager's reports."""
        self._connection.execute(delete(table).where(table.c.manager == manager))

    def set_stays(self, round_key: str, manager: str, stays: bool) -> None:
        """Whether the latest analysis had to leave the manager's report as it was seen."""
        current = self._current(_of(round_key, manager))
        self._connection.execute(update(table).where(table.c.number.in_(current)).values(stays=stays))

    def staying(self, round_key: str) -> int:
        """How many reports the latest analysis of each had to leave as they were seen."""
        current = self._current(table.c.round_key == round_key)
        left = select(func.count()).select_from(table).where(table.c.number.in_(current), table.c.stays)
        return self._connection.execute(left).scalar_one()

    def current(self, round_key: str) -> tuple[Version, ...]:
        """The version of each manager's report that is there now, by manager."""
        current = table.c.number.in_(self._current(table.c.round_key == round_key))
        rows = self._connection.execute(table.select().where(current).order_by(table.c.manager))
        return tuple(self._version(row) for row in rows.all())

    def roll_up(self, round_key: str, leader: str) -> RollUp | None:
        """The roll-up of a leader as it was first shown; None before that, and where there is none."""
        one = select(frozen.c.body).where(frozen.c.round_key == round_key, frozen.c.leader == leader)
        body = self._connection.execute(one).scalar_one_or_none()
        return None if body is None else from_json(RollUp, body)

    def keep_roll_ups(self, roll_ups: Iterable[RollUp]) -> None:
        """The roll-ups of a round, as they stay."""
        rows = [{"round_key": one.round_key, "leader": one.leader, "body": to_json(one)} for one in roll_ups]
        if rows:
            self._connection.execute(insert(frozen), rows)

    def _current(self, which: ColumnElement[bool]) -> list[int]:
        latest = select(func.max(table.c.number)).where(which).group_by(table.c.round_key, table.c.manager)
        return list(self._connection.execute(latest).scalars())

    def _version(self, row: Row[object]) -> Version:
        c = contribution.c
        kept = self._connection.execute(select(c.who, c.what).where(c.publication == row.number).order_by(c.who))
        contributions = {one.who: one.what for one in kept}
        return Version(row.round_key, row.manager, row.suppressed, contributions, from_json(Tally, row.tally))


def _of(round_key: str, manager: str) -> ColumnElement[bool]:
    return and_(table.c.round_key == round_key, table.c.manager == manager)
