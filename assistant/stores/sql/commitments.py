"""What managers have taken on, in SQL: what it is about under the key that stays, their words each under its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assistant.domain.access import ANALYSIS, Viewer, may_keep_commitments
from assistant.domain.commitments import Commitment, Note
from assistant.domain.errors import Refused, Unknown
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose, of_commitment
from assistant.stores.sql.tables import commitment as table
from assistant.stores.sql.values import from_json, to_json


@dataclass(frozen=True, slots=True)
class _Words:
    """What of a commitment its manager wrote."""

    step: str
    outcome: str
    notes: tuple[Note, ...]


class SqlCommitments:
    """See :class:`assistant.ports.commitments.Commitments`."""

    def __init__(self, connection: Connection, keys: SqlPersonKeys) -> None:
        self._connection = connection
        self._keys = keys

    def save(self, commitment: Commitment, viewer: Viewer) -> None:
        """Keep it, in place of how it was before; raises Refused where it is not the viewer's."""
        if not may_keep_commitments(viewer, commitment.manager):
            raise _not_yours()
        of_it = table.c.id == commitment.id
        kept = self._connection.execute(select(table.c.manager).where(of_it)).scalar_one_or_none()
        if kept is None:
            row = {"id": commitment.id, "manager": commitment.manager}
            self._connection.execute(insert(table).values(**row, **self._sealed(commitment)))
        elif kept == commitment.manager:
            self._connection.execute(update(table).where(of_it).values(self._sealed(commitment)))
        else:
            raise _not_yours()

    def get(self, id: str, viewer: Viewer) -> Commitment:
        """The commitment; raises Unknown, also where the viewer may not see it."""
        row = self._connection.execute(table.select().where(table.c.id == id)).first()
        if row is None or not may_keep_commitments(viewer, row.manager):
            raise Unknown("There is no such commitment.")
        return self._whole(row)

    def of(self, manager: str, viewer: Viewer) -> tuple[Commitment, ...]:
        """All of a manager in the order in which they were taken on; raises Refused where they are not the viewer's."""
        rows = self._connection.execute(table.select().where(table.c.manager == manager).order_by(table.c.number)).all()
        if viewer == ANALYSIS:
            return tuple(map(self._bare, rows))
        if not may_keep_commitments(viewer, manager):
            raise _not_yours()
        return tuple(map(self._whole, rows))

    def delete_due_words(self, now: datetime, days: int) -> int:
        """Delete what managers wrote of those that ended so long ago, with the keys to it; how many it was."""
        rows = self._connection.execute(table.select().where(table.c.words != "")).all()
        due = [row.id for row in rows if self._bare(row).words_are_due(now, days)]
        for id_ in due:
            self._connection.execute(update(table).where(table.c.id == id_).values(words=""))
            self._keys.destroy_commitment(id_)
        return len(due)

    def remove(self, manager: str) -> None:
        """Delete all commitments of a manager."""
        self._connection.execute(delete(table).where(table.c.manager == manager))
        note_erasure(self._connection)

    def _sealed(self, commitment: Commitment) -> dict[str, str]:
        """What it is about stays for the next rounds, and what its manager wrote can go before."""
        whose, apart = Whose(commitment.manager), Whose(commitment.manager, of_commitment(commitment.id))
        words = _Words(commitment.step, commitment.outcome, commitment.notes)
        return {
            "body": self._keys.seal(whose, _at("commitment", commitment.id), to_json(commitment.without_words)),
            "words": self._keys.seal(apart, _at("words", commitment.id), to_json(words)),
        }

    def _bare(self, row: Row[Any]) -> Commitment:
        return from_json(Commitment, self._keys.unseal(_at("commitment", row.id), row.body))

    def _whole(self, row: Row[Any]) -> Commitment:
        bare = self._bare(row)
        if not row.words:
            return bare
        words = from_json(_Words, self._keys.unseal(_at("words", row.id), row.words))
        return replace(bare, step=words.step, outcome=words.outcome, notes=words.notes)


def _at(what: str, id: str) -> str:
    return f"commitment/{id}/{what}"


def _not_yours() -> Refused:
    return Refused("What a manager has taken on is theirs alone to see.")
