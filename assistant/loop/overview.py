"""A leader's overview: how the managers of a downline fared in the latest closed round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, managers_in_view
from assistant.domain.organisation import Person
from assistant.domain.reading_log import LogEntry, Looked
from assistant.domain.report import Report
from assistant.domain.rounds import Round
from assistant.loop.rounds import latest_closed
from assistant.ports.store import Store


@dataclass(frozen=True, slots=True)
class Overview:
    """The managers of a downline, by e-mail, each with their report without claims' words; None where there is none."""

    round: Round
    lines: tuple[tuple[Person, Report | None], ...]


def read_overview(store: Store, viewer: Viewer, acting_for: str, now: datetime) -> Overview:
    """The overview for the leader ``acting_for``; raises Refused if it is not the viewer's, Unknown without a round."""
    with store.work() as work:
        round_ = latest_closed(work)
        organisation = work.people.organisation()
        granted = managers_in_view(viewer, organisation, round_, acting_for)
        reports = {report.manager: report for report in work.reports.for_question(round_.key, granted)}
        shown = tuple(report.manager for report in reports.values() if not report.suppressed)
        work.reader_log.note(LogEntry(now, str(viewer), Looked.REPORT, round_.key, shown))
    return Overview(round_, tuple((organisation.person(email), reports.get(email)) for email in granted))
