"""Reports in SQL, with their findings as rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, update

from assistant.domain.access import ANALYSIS, Viewer, managers_in_view, may_read_report
from assistant.domain.errors import Refused
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.report import Claim, Report
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.tables import finding
from assistant.stores.sql.tables import report as table
from assistant.stores.sql.values import from_json, to_json


@dataclass(frozen=True, slots=True)
class _Claims:
    """What of a report quotes its manager."""

    all: tuple[Claim, ...]


class SqlReports:
    """See :class:`assistant.ports.reports.Reports`."""

    def __init__(
        self,
        connection: Connection,
        people: SqlPeople,
        rounds: SqlRounds,
        publications: SqlPublications,
        queue: SqlIndexQueue,
        keys: SqlPersonKeys,
    ) -> None:
        self._connection = connection
        self._people = people
        self._rounds = rounds
        self._publications = publications
        self._queue = queue
        self._keys = keys

    def save(self, report: Report) -> None:
        """Put this report in place of an earlier one of the same manager and round."""
        self._delete(and_(table.c.round_key == report.round_key, table.c.manager == report.manager))
        self._connection.execute(
            insert(table).values(
                round_key=report.round_key,
                manager=report.manager,
                engine=report.engine,
                suppressed=report.suppressed,
                **self._sealed(report),
            )
        )
        if report.findings:
            self._connection.execute(insert(finding), _rows(report))
        self._queue.put(_entries(report.round_key, report.manager, [f.id for f in report.findings]))

    def get(self, manager: str, round_key: str, viewer: Viewer) -> Report | None:
        """The report; None where there is none. Raises Unknown for the round, Refused where it may not be seen."""
        round_ = self._rounds.get(round_key)
        if not may_read_report(viewer, manager, round_):
            raise Refused(
                f"The report of round {round_key} can be read by the manager it is about, once the round is closed."
            )
        one = table.select().where(table.c.round_key == round_key, table.c.manager == manager)
        row = self._connection.execute(one).first()
        if viewer != ANALYSIS:
            self._publications.release(round_key, [manager])
        return None if row is None else replace(self._without_claims(row), claims=self._claims(row))

    def below(self, leader: str, round_key: str, viewer: Viewer) -> tuple[Report, ...]:
        """The reports of the managers below a leader, without claims' words, by manager.

        Raises Unknown for the round or leader, Refused where the viewer may not see them.
        """
        granted = managers_in_view(viewer, self._people.organisation(), self._rounds.get(round_key), leader)
        some = table.select().where(table.c.round_key == round_key, table.c.manager.in_(granted))
        reports = tuple(map(self._without_claims, self._connection.execute(some.order_by(table.c.manager))))
        self._publications.release(round_key, [report.manager for report in reports])
        return reports

    def are_made(self, round_key: str) -> bool:
        """Whether there is any report of a round."""
        any_of_it = select(table.c.manager).where(table.c.round_key == round_key).limit(1)
        return self._connection.execute(any_of_it).first() is not None

    def withdraw_unseen(self, manager: str, round_key: str) -> None:
        """Delete the report of a manager where nobody has seen it."""
        if not self._publications.is_seen(round_key, manager):
            self._delete(and_(table.c.round_key == round_key, table.c.manager == manager))
            self._publications.forget_unseen(round_key, manager)
            note_erasure(self._connection)

    def drop_words(self, round_key: str) -> None:
        """Take the managers' own words out of the reports of a round; the rest stays, under the key that does."""
        for row in self._connection.execute(table.select().where(table.c.round_key == round_key)).all():
            bare = _Claims(tuple(replace(claim, text="") for claim in self._claims(row)))
            sealed = self._keys.seal(Whose(row.manager), f"claims/{round_key}/{row.manager}", to_json(bare))
            one = and_(table.c.round_key == round_key, table.c.manager == row.manager)
            self._connection.execute(update(table).where(one).values(claims=sealed))
        note_erasure(self._connection)

    def remove(self, manager: str) -> None:
        """Delete all reports of a manager, and what is kept of who saw them."""
        self._delete(table.c.manager == manager)
        self._publications.forget(manager)
        note_erasure(self._connection)

    def _sealed(self, report: Report) -> dict[str, str]:
        """What quotes the manager goes with the words of the round, the rest stays; each is locked for its place."""
        at = f"{report.round_key}/{report.manager}"
        claims, rest = to_json(_Claims(report.claims)), to_json(replace(report, claims=()))
        return {
            "body": self._keys.seal(Whose(report.manager), f"report/{at}", rest),
            "claims": self._keys.seal(Whose(report.manager, report.round_key), f"claims/{at}", claims),
        }

    def _without_claims(self, row: Row[Any]) -> Report:
        return from_json(Report, self._keys.unseal(f"report/{row.round_key}/{row.manager}", row.body))

    def _claims(self, row: Row[Any]) -> tuple[Claim, ...]:
        """The claims of a report; none where their key was destroyed before this copy of the database was put back."""
        if not row.claims:
            return ()
        return from_json(_Claims, self._keys.unseal(f"claims/{row.round_key}/{row.manager}", row.claims)).all

    def _delete(self, which: ColumnElement[bool]) -> None:
        old = self._connection.execute(
            select(finding.c.round_key, finding.c.manager, finding.c.id)
            .join(table, and_(finding.c.round_key == table.c.round_key, finding.c.manager == table.c.manager))
            .where(which)
        )
        for round_key, manager, finding_id in old.all():
            self._queue.drop(_entries(round_key, manager, [finding_id]))
        self._connection.execute(delete(table).where(which))


def _entries(round_key: str, manager: str, ids: Iterable[str]) -> list[Entry]:
    group = f"{round_key}/{manager}"
    return [Entry(Shelf.FINDINGS, f"{group}/{one}", group) for one in ids]


def _rows(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "round_key": report.round_key,
            "manager": report.manager,
            "id": f.id,
            "kind": f.kind.value,
            "fundamental": f.fundamental.value,
            "behaviour": f.behaviour,
            "text": f.text,
            "respondents": f.respondents,
            "confidence": f.confidence,
        }
        for f in report.findings
    ]
