"""Reports in SQL, with their findings as rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from assistant.domain.access import Viewer, may_read_report
from assistant.domain.errors import Refused
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.report import Report
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.tables import finding
from assistant.stores.sql.tables import report as table
from assistant.stores.sql.values import from_json, to_json


class SqlReports:
    """See :class:`assistant.ports.reports.Reports`."""

    def __init__(self, connection: Connection, rounds: SqlRounds, queue: SqlIndexQueue) -> None:
        self._connection = connection
        self._rounds = rounds
        self._queue = queue

    def save(self, report: Report) -> None:
        """Put this report in place of an earlier one of the same manager and round."""
        self._delete(and_(table.c.round_key == report.round_key, table.c.manager == report.manager))
        self._connection.execute(
            insert(table).values(
                round_key=report.round_key,
                manager=report.manager,
                engine=report.engine,
                suppressed=report.suppressed,
                body=to_json(report),
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
        one = select(table.c.body).where(table.c.round_key == round_key, table.c.manager == manager)
        body = self._connection.execute(one).scalar_one_or_none()
        return None if body is None else from_json(Report, body)

    def for_question(self, round_key: str, managers: tuple[str, ...]) -> tuple[Report, ...]:
        """Reports that ``access.managers_in_view`` has granted, without claims' words, by manager."""
        some = select(table.c.body).where(table.c.round_key == round_key, table.c.manager.in_(managers))
        bodies = self._connection.execute(some.order_by(table.c.manager)).scalars()
        return tuple(replace(from_json(Report, body), claims=()) for body in bodies)

    def remove(self, manager: str) -> None:
        """Delete all reports of a manager."""
        self._delete(table.c.manager == manager)
        note_erasure(self._connection)

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
