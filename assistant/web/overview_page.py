"""A leader's overview: managers by fundamentals, for the latest closed round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import Unknown
from assistant.domain.words import GAPS, Fundamental
from assistant.loop.overview import read_overview
from assistant.web import report_words
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import header, person_here
from assistant.web.rendering import render
from assistant.web.roll_up_view import roll_up_view
from assistant.web.spoken import spoken
from assistant.web.visitor import Visitor

PATH = "/leader/overview"


class OverviewPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        words = "How much of what each manager says they do is backed by their team."
        html_part(render("heading", heading="Your managers at a glance", words=words))
        self._table = html_part()
        outputs = [self._header, self._table]
        blocks.load(self._on_load, None, outputs, **EVENT)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[dict[Any, Any]]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH)}
        yield {self._table: self._shown(who)}

    def _shown(self, who: Visitor) -> str:
        try:
            overview = read_overview(self._parts.store, who.viewer, who.person.email, self._parts.now())
        except Unknown:
            return render("no_overview")
        together = roll_up_view(
            self._parts.store,
            who.viewer,
            who.person.email,
            overview.round.key,
            self._parts.now(),
            self._parts.knowledge.behaviours,
            "What all teams below you say together",
        )
        managers = render("overview", overview=overview, fundamentals=list(Fundamental), words=report_words, gaps=GAPS)
        return managers + together
