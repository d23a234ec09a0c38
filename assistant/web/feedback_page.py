"""A team member answers: what value did your manager bring to your team?"""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import Refused
from assistant.domain.words import ConversationKind
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.panel import Panel, Updates
from assistant.web.person_here import header, person_here
from assistant.web.rendering import render
from assistant.web.spoken import spoken
from assistant.web.talk import Talk
from assistant.web.visitor import Visitor

PATH = "/team/"


class FeedbackPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._panel = Panel(parts, ConversationKind.FEEDBACK, _subject, lambda _talk, _who, _choice: {})

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        html_part(render("heading", heading="What value did your manager bring to your team?"))
        self._note = html_part()
        with gr.Row(elem_classes="vl-columns", visible=False) as self._work:
            with gr.Column(scale=2, min_width=280, elem_classes="vl-side"):
                self._panel.build_privacy()
            with gr.Column(scale=5, min_width=320, elem_classes="vl-talk"):
                self._panel.build()
        around = [self._header, self._note, self._work]
        quiet = {"outputs": [*self._panel.outputs, *around], **EVENT}
        blocks.load(self._on_load, None, **quiet)
        self._panel.wire(gr.State(None), around)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[Updates]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH)}
        talk = Talk.now(self._parts, who.viewer, ConversationKind.FEEDBACK)
        manager = _manager(talk) if talk else None
        if talk is None or manager is None:
            yield {self._note: render("no_feedback", is_open=talk is not None)}
            return
        yield {self._work: gr.update(visible=True), self._note: render("round_open", round=talk.round)}
        yield from self._panel.open(request, talk, who, None)


def _manager(talk: Talk) -> str | None:
    with talk.parts.store.work() as work:
        members = work.rounds.members(talk.round.key)
    return next((m.manager for m in members if m.member == talk.viewer.email), None)


def _subject(talk: Talk, _who: Visitor, _choice: str | None) -> str | None:
    manager = _manager(talk)
    if manager is None:
        raise Refused("In the round that is open, you report to nobody, so there is nobody to give feedback on.")
    return manager
