"""A leader's overview: how the managers of a downline fared in the latest closed round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, managers_in_view
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.report import Report
from assistant.domain.rounds import Round
from assistant.loop.reader_log import look, refusals_noted
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
    with refusals_noted(store, viewer, Looked.OVERVIEW, round_.key, (), now), store.work() as work:
        organisation = work.people.organisation()
        granted = managers_in_view(viewer, organisation, round_, acting_for)
        reports = {report.manager: report for report in work.reports.below(acting_for, round_.key, viewer)}
        for outcome, is_suppressed in ((Outcome.SHOWN, False), (Outcome.SUPPRESSED, True)):
            about = tuple(report.manager for report in reports.values() if report.suppressed is is_suppressed)
            if about:
                work.reader_log.note(look(work, viewer, Looked.OVERVIEW, round_.key, about, now, outcome))
    return Overview(round_, tuple((organisation.person(email), reports.get(email)) for email in granted))
