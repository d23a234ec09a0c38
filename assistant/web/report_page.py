"""A manager's report of the latest closed round."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import Unknown
from assistant.domain.report import Report
from assistant.loop.commitments import read_commitments
from assistant.loop.corrections import own_claims
from assistant.loop.reports import is_shared, read_report, read_since
from assistant.loop.rounds import current_round, latest_closed
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.panel import Updates
from assistant.web.person_here import header, person_here
from assistant.web.rehearsal_panel import RehearsalPanel
from assistant.web.rendering import render
from assistant.web.report_view import report_view
from assistant.web.roll_up_view import roll_up_view
from assistant.web.spoken import spoken
from assistant.web.taking_on import Taking, taking
from assistant.web.understood import line
from assistant.web.visitor import Visitor

PATH = "/manager/report"


class ReportPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._rehearsal = RehearsalPanel(parts)

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        html_part(render("heading", heading="Your view and your team’s"))
        self._report = html_part(elem_classes="vl-report")
        self._rehearsal.build()
        self._details = html_part(elem_classes="vl-report")
        outputs = [self._header, self._report, *self._rehearsal.around, self._details]
        blocks.load(self._on_load, None, outputs, **EVENT)
        self._rehearsal.wire()

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[Updates]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH)}
        yield self._shown(who)

    def _shown(self, who: Visitor) -> Updates:
        with self._parts.store.work() as work:
            running = current_round(work)
            people = work.people.organisation().people
            try:
                closed = latest_closed(work)
            except Unknown:
                return {self._report: render("report_later", running=running, closed=None)}
        try:
            report = read_report(self._parts.store, who.viewer, who.person.email, closed.key, self._parts.now())
        except Unknown:
            return {self._report: render("report_later", running=running, closed=closed)}
        known = self._parts.knowledge
        since = read_since(self._parts.store, who.viewer, report, self._parts.now())
        owners = {card.id: card.owner for card in known.practices.values() if card.owner}
        lines, taken = self._lines(who, report), self._taking(who, report)
        can_rehearse = self._parts.engine.sceptic is not None and not report.suppressed
        shown = report_view(report, people, known.behaviours, lines, taken, since, owners, can_rehearse)
        together = self._together(who, report) if report.suppressed else ""
        return {
            self._report: render("report_round", running=running, closed=closed) + shown.overview,
            **self._rehearsal.offered(can_rehearse),
            self._details: shown.details + (together if report.suppressed else self._sharing(who, report)),
        }

    def _sharing(self, who: Visitor, report: Report) -> str:
        """The switch by which the leaders above may read the whole report."""
        shares = is_shared(self._parts.store, who.viewer, report.round_key)
        return render("sharing", round_key=report.round_key, shares=shares)

    def _together(self, who: Visitor, report: Report) -> str:
        """What the teams around say together, where a team alone is too small to be shown."""
        parts = self._parts
        title = "What your team and those beside it say together"
        above, behaviours = who.person.manager_email, parts.knowledge.behaviours
        return roll_up_view(parts.store, who.viewer, above, report.round_key, parts.now(), behaviours, title)

    def _taking(self, who: Visitor, report: Report) -> Taking:
        parts = self._parts
        now = parts.now()
        commitments = read_commitments(parts.store, who.viewer, who.person.email, now)
        return taking(report, commitments, parts.knowledge.behaviours, now.date())

    def _lines(self, who: Visitor, report: Report) -> dict[str, str]:
        parts = self._parts
        claims = own_claims(parts.store, parts.engine, who.viewer, report)
        return {
            id_: line(statement, number, parts.engine, parts.knowledge, in_report=True)
            for number, (id_, statement) in enumerate(claims.items(), 1)
        }
