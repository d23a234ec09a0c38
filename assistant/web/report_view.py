"""A report as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.coaching.talk import guide
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.report import WORDS_DELETED, Report
from assistant.domain.trend import Since
from assistant.loop.formats import open_conversation, since_words, talk_words
from assistant.web import report_words as words
from assistant.web.picture import rows
from assistant.web.rendering import render
from assistant.web.taking_on import Taking


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as HTML in two parts; what is done about it, such as the rehearsal of the talk, is between them."""

    overview: str
    details: str


def report_view(
    report: Report,
    people: Mapping[str, Person],
    behaviours: Mapping[str, Behaviour],
    lines: Mapping[str, str],
    taking: Taking,
    since: Since | None = None,
    owners: Mapping[str, str] = MappingProxyType({}),
    can_rehearse: bool = False,
) -> ReportView:
    """The whole report; a suppressed one tells why, and what to do in the meantime.

    ``lines`` holds, by claim, what its manager can say of how it was read; ``taking`` what can be taken on;
    ``since`` what has changed since the report before, where there is one; ``owners`` who answers for a practice (id)
    of the organisation's own; ``can_rehearse`` is whether the assistant can play a team member.
    """
    groups = [(kind, [f for f in report.findings if f.kind is kind]) for kind in words.KINDS]
    values = {
        "report": report,
        "groups": [(kind, found) for kind, found in groups if found],
        "rows": rows(report),
        "words": words,
        "words_deleted": WORDS_DELETED,
        "guide": open_conversation,
        "people": people,
        "behaviours": behaviours,
        "lines": lines,
        "taking": taking,
        "since": since,
        "owners": owners,
        "since_words": since_words,
        "talk": guide(report, behaviours, [step for step in taking.doing if step]),
        "talk_words": talk_words,
        "findings": {finding.id: finding for finding in report.findings},
        "can_rehearse": can_rehearse,
    }
    return ReportView(render("report", **values), render("report_details", **values))
