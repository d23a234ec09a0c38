"""Reading reports."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.access import Standing, Viewer
from assistant.domain.errors import Unknown
from assistant.domain.reading_log import LogEntry, Looked
from assistant.domain.report import Report
from assistant.ports.store import Store


def read_report(store: Store, viewer: Viewer, manager: str, round_key: str, now: datetime) -> Report:
    """One manager's report. Raises Unknown where there is none yet, Refused where the viewer may not see it."""
    with store.work() as work:
        work.rounds.get(round_key)
        who = work.people.organisation().person(manager)
        report = work.reports.get(who.email, round_key, viewer)
        if report is None:
            raise Unknown(f"There is no report of {who.email} for round {round_key} yet. Analyse the round first.")
        if viewer.standing is Standing.OPERATOR or viewer.email != who.email:
            work.reader_log.note(LogEntry(now, str(viewer), Looked.REPORT, round_key, (who.email,)))
        return report


def read_all_reports(store: Store, viewer: Viewer, round_key: str, now: datetime) -> tuple[Report, ...]:
    """Every manager's report of a round, by e-mail. Raises Unknown where the round has not been analysed."""
    with store.work() as work:
        work.rounds.get(round_key)
        managers = sorted({m.manager for m in work.rounds.members(round_key)})
        found = [work.reports.get(manager, round_key, viewer) for manager in managers]
        reports = tuple(report for report in found if report is not None)
        if not reports:
            raise Unknown(f"There are no reports for round {round_key} yet. Analyse the round first.")
        work.reader_log.note(LogEntry(now, str(viewer), Looked.REPORT, round_key, tuple(r.manager for r in reports)))
        return reports
