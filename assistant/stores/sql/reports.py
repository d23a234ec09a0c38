"""Reports in SQL, with their findings as rows of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, insert, select, true, update

from assistant.domain.access import (
    ANALYSIS,
    Viewer,
    managers_in_rounds,
    may_read_report,
    may_read_shared_report,
    may_share_report,
)
from assistant.domain.errors import Refused
from assistant.domain.indexing import Entry, Shelf
from assistant.domain.inquiry import ALL_EVIDENCE, FIGURES_ALONE, Evidence
from assistant.domain.report import Claim, NamedStatement, Report
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.figures import figures_at, figures_json, reports_from_above
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys, Whose
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.tables import finding
from assistant.stores.sql.tables import report as table
from assistant.stores.sql.tables import shared_report as sharing
from assistant.stores.sql.tables import signed_statement as signed
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
        self._save_named(report)
        self._queue.put(_entries(report.round_key, report.manager, [f.id for f in report.findings]))

    def get(self, manager: str, round_key: str, viewer: Viewer) -> Report | None:
        """The report; None where there is none. Raises Unknown for the round, Refused where it may not be seen.

        To a leader above, who may see it while its manager shares it, without what was said under names or taken on.
        """
        is_own = may_read_report(viewer, manager, self._rounds.get(round_key))
        if not is_own and not self._is_open_to(viewer, manager, round_key):
            raise Refused(
                f"The report of round {round_key} can be read by the manager it is about, once the round is closed."
            )
        one = table.select().where(table.c.round_key == round_key, table.c.manager == manager)
        row = self._connection.execute(one).first()
        if viewer != ANALYSIS:
            self._publications.release(round_key, [manager])
        if row is None:
            return None
        report = replace(self._without_words(row), claims=self._claims(row))
        return replace(report, named=self._named(row)) if is_own else replace(report, echoes=())

    def below(
        self,
        leader: str,
        round_key: str,
        viewer: Viewer,
        evidence: Evidence = ALL_EVIDENCE,
        among: Collection[str] | None = None,
    ) -> tuple[Report, ...]:
        """The reports of the managers below a leader, as they may be seen from above, by manager.

        Of the findings only those that are ``evidence`` are given, and the reports only of those ``among`` some
        (e-mails) where these are given. Raises Unknown for the round or leader, Refused where the viewer may not see
        them.
        """
        return self._below(leader, (round_key,), viewer, evidence, among)

    def figures_below(
        self, leader: str, round_keys: Collection[str], viewer: Viewer, among: Collection[str]
    ) -> tuple[Report, ...]:
        """The same reports in several rounds, without their findings; raises as :meth:`below` does."""
        return self._below(leader, round_keys, viewer, FIGURES_ALONE, among)

    def _below(
        self,
        leader: str,
        round_keys: Collection[str],
        viewer: Viewer,
        evidence: Evidence,
        among: Collection[str] | None,
    ) -> tuple[Report, ...]:
        """The reports that the viewer may see; from now on they count as seen."""
        rounds = [self._rounds.get(key) for key in round_keys]
        granted = managers_in_rounds(viewer, self._people.organisation(), rounds, leader)
        wanted = granted if among is None else [manager for manager in granted if manager in among]
        found: list[Report] = []
        for key in round_keys:
            reports = reports_from_above(self._connection, key, wanted, self._keys.unseal, evidence)
            self._publications.release(key, [report.manager for report in reports])
            found += reports
        return tuple(found)

    def share(self, manager: str, round_key: str, shares: bool, viewer: Viewer) -> None:
        """Open the report to the leaders above its manager, or close it again; Refused where it is not the viewer's."""
        if not may_share_report(viewer, manager, self._rounds.get(round_key)):
            raise Refused("A report is shared by the manager it is about, once the round is closed.")
        one = and_(sharing.c.round_key == round_key, sharing.c.manager == manager)
        self._connection.execute(delete(sharing).where(one))
        if shares:
            self._connection.execute(insert(sharing).values(round_key=round_key, manager=manager))

    def shared(self, round_key: str, among: Collection[str]) -> frozenset[str]:
        """Those ``among`` some managers (e-mails) who share their report of a round."""
        found = self._connection.execute(select(sharing.c.manager).where(sharing.c.round_key == round_key))
        return frozenset(found.scalars()).intersection(among)

    def _is_open_to(self, viewer: Viewer, manager: str, round_key: str) -> bool:
        organisation, round_ = self._people.organisation(), self._rounds.get(round_key)
        is_above = may_read_shared_report(viewer, manager, organisation, round_)
        return is_above and manager in self.shared(round_key, [manager])

    def made(self, round_key: str) -> frozenset[str]:
        """The managers (e-mail) of whom there is a report of a round, also where it shows nothing."""
        managers = select(table.c.manager).where(table.c.round_key == round_key)
        return frozenset(self._connection.execute(managers).scalars())

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
        """Take people's own words out of the reports of a round; the rest stays, under the key that does."""
        self._connection.execute(delete(signed).where(signed.c.round_key == round_key))
        for row in self._connection.execute(table.select().where(table.c.round_key == round_key)).all():
            bare = _Claims(tuple(replace(claim, text="") for claim in self._claims(row)))
            sealed = self._keys.seal(Whose(row.manager), f"claims/{round_key}/{row.manager}", to_json(bare))
            one = and_(table.c.round_key == round_key, table.c.manager == row.manager)
            self._connection.execute(update(table).where(one).values(claims=sealed))
        note_erasure(self._connection)

    def forget_named(self, author: str, round_key: str | None = None) -> None:
        """Take what somebody said under their name out of all reports, or out of those of one round."""
        of_round = signed.c.round_key == round_key if round_key else true()
        self._connection.execute(delete(signed).where(signed.c.author == author, of_round))
        note_erasure(self._connection)

    def remove(self, manager: str) -> None:
        """Delete all reports of a manager, and what is kept of who saw them."""
        self._delete(table.c.manager == manager)
        self._connection.execute(delete(sharing).where(sharing.c.manager == manager))
        self._publications.forget(manager)
        note_erasure(self._connection)

    def _sealed(self, report: Report) -> dict[str, str]:
        """What quotes the manager goes with the words of the round, the rest stays; each is locked for its place."""
        at = f"{report.round_key}/{report.manager}"
        claims, rest = to_json(_Claims(report.claims)), to_json(replace(report, claims=(), named=()))
        return {
            "body": self._keys.seal(Whose(report.manager), f"report/{at}", rest),
            "claims": self._keys.seal(Whose(report.manager, report.round_key), f"claims/{at}", claims),
            "figures": self._keys.seal(
                Whose(report.manager), figures_at(report.round_key, report.manager), figures_json(report)
            ),
        }

    def _without_words(self, row: Row[Any]) -> Report:
        return from_json(Report, self._body(row))

    def _body(self, row: Row[Any]) -> str:
        return self._keys.unseal(f"report/{row.round_key}/{row.manager}", row.body)

    def _named(self, row: Row[Any]) -> tuple[NamedStatement, ...]:
        of_it = signed.select().where(signed.c.round_key == row.round_key, signed.c.manager == row.manager)
        kept = self._connection.execute(of_it.order_by(signed.c.position))
        return tuple(
            from_json(NamedStatement, self._keys.unseal(_signed_at(one.round_key, one.manager, one.position), one.body))
            for one in kept
        )

    def _save_named(self, report: Report) -> None:
        """What people said under their names lies under their own keys, and goes with them."""
        for position, one in enumerate(report.named):
            row = {"round_key": report.round_key, "manager": report.manager, "position": position}
            place = _signed_at(report.round_key, report.manager, position)
            body = self._keys.seal(Whose(one.author, report.round_key), place, to_json(one))
            self._connection.execute(insert(signed).values(**row, author=one.author, body=body))

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


def _signed_at(round_key: str, manager: str, position: int) -> str:
    return f"named/{round_key}/{manager}/{position}"


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
            "place": place,
        }
        for place, f in enumerate(report.findings)
    ]
