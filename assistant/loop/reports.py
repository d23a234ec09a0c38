"""Reading reports."""

from __future__ import annotations

from datetime import datetime

from assistant.comparison.trend import since
from assistant.domain.access import Viewer
from assistant.domain.errors import Refused, Unknown
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.report import Report
from assistant.domain.trend import Since
from assistant.loop.commitments import round_before
from assistant.loop.reader_log import look, refusals_noted
from assistant.ports.store import Store, Work


def read_report(store: Store, viewer: Viewer, manager: str, round_key: str, now: datetime) -> Report:
    """One manager's report. Raises Unknown where there is none yet, Refused where the viewer may not see it."""
    with store.work() as work:
        work.rounds.get(round_key)
        who = work.people.organisation().person(manager)
    with refusals_noted(store, viewer, Looked.REPORT, round_key, (who.email,), now), store.work() as work:
        report = work.reports.get(who.email, round_key, viewer)
        if report is None:
            raise Unknown(f"There is no report of {who.email} for round {round_key} yet. Analyse the round first.")
        _note(work, viewer, (report,), round_key, now)
        return report


def read_all_reports(store: Store, viewer: Viewer, round_key: str, now: datetime) -> tuple[Report, ...]:
    """Every manager's report of a round, by e-mail. Raises Unknown where the round has not been analysed."""
    with store.work() as work:
        work.rounds.get(round_key)
        managers = tuple(sorted({m.manager for m in work.rounds.members(round_key)}))
    with refusals_noted(store, viewer, Looked.REPORT, round_key, managers, now), store.work() as work:
        found = [work.reports.get(manager, round_key, viewer) for manager in managers]
        reports = tuple(report for report in found if report is not None)
        if not reports:
            raise Unknown(f"There are no reports for round {round_key} yet. Analyse the round first.")
        _note(work, viewer, reports, round_key, now)
        return reports


def read_since(store: Store, viewer: Viewer, report: Report, now: datetime) -> Since | None:
    """A report beside the one of the round before, which is thereby read, too; None where there is nothing to compare.

    The two are compared as they are shown, so that nothing is told but what both of them tell.
    """
    with store.work() as work:
        before = round_before(work, work.rounds.get(report.round_key))
    if before is None or before.is_open:
        return None
    try:
        earlier = read_report(store, viewer, report.manager, before.key, now)
    except Unknown:
        return None
    return since(report, earlier)


def share_report(store: Store, viewer: Viewer, round_key: str, shares: bool) -> None:
    """Open one's own report to the leaders above, or close it again.

    Raises Unknown where there is none, Refused while the round is open or where nothing of it is shown.
    """
    with store.work() as work:
        report = work.reports.get(viewer.email, round_key, viewer)
        if report is None:
            raise Unknown(f"There is no report of yours for round {round_key} to share.")
        if report.suppressed and shares:
            raise Refused("Nothing of your team is shown in this report, so there is nothing to share.")
        work.reports.share(viewer.email, round_key, shares, viewer)


def is_shared(store: Store, viewer: Viewer, round_key: str) -> bool:
    """Whether the viewer shares their own report of a round."""
    with store.work() as work:
        return bool(work.reports.shared(round_key, [viewer.email]))


def _note(work: Work, viewer: Viewer, reports: tuple[Report, ...], round_key: str, now: datetime) -> None:
    """Note what was shown and what was suppressed; that a manager looked at their own report once a day, no more."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    for outcome, is_suppressed in ((Outcome.SHOWN, False), (Outcome.SUPPRESSED, True)):
        about = tuple(report.manager for report in reports if report.suppressed is is_suppressed)
        entry = look(work, viewer, Looked.REPORT, round_key, about, now, outcome)
        is_own = about == (viewer.email,)
        if about and not (is_own and work.reader_log.has_since(entry, today)):
            work.reader_log.note(entry)
