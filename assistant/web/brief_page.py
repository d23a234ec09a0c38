"""A leader's brief: what changed in the last round, before they ask anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import Unknown
from assistant.domain.inquiry import Measure
from assistant.loop.brief import read_brief
from assistant.loop.formats import brief_words
from assistant.web import report_words
from assistant.web.answer_picture import bar
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import header, person_here
from assistant.web.rendering import render
from assistant.web.spoken import spoken
from assistant.web.visitor import Visitor

PATH = "/leader/brief"


class BriefPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        words = "What changed among your managers and their teams, and where you can help. Opening it is written down."
        html_part(render("heading", heading="Your brief", words=words))
        self._brief = html_part()
        blocks.load(self._on_load, None, [self._header, self._brief], **EVENT)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[dict[Any, Any]]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH)}
        yield {self._brief: self._shown(who)}

    def _shown(self, who: Visitor) -> str:
        parts, email = self._parts, who.person.email
        try:
            brief = read_brief(parts.store, who.viewer, email, None, parts.now(), parts.knowledge.behaviours)
        except Unknown:
            return render("no_brief")
        with parts.store.work() as work:
            people = work.people.organisation().people
        bars = tuple(bar(figure, measure is Measure.CLIMATE) for measure, figure in brief.figures if figure.total)
        return render("brief", brief=brief, bars=bars, people=people, words=brief_words, report_words=report_words)
