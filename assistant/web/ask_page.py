"""A leader asks about the managers of their downline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import BadInput, Unknown
from assistant.domain.inquiry import Answer, Query
from assistant.loop.questions import LONGEST_QUESTION, ask, ask_picked, askable
from assistant.web import report_words
from assistant.web.answer_picture import bars
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import header, person_here
from assistant.web.query_picker import MEASURES, QueryPicker, picked
from assistant.web.rendering import render
from assistant.web.spoken import spoken

PATH = "/leader/"
EXAMPLES = (
    "Where do managers believe that they explain changes while their teams do not hear a reason?",
    "In which teams are people afraid to talk about mistakes?",
    "Which managers do more good than they give themselves credit for?",
    "How many people answered?",
)


class AskPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts, examples: tuple[str, ...]) -> None:
        self._parts = parts
        self._examples = examples or EXAMPLES
        self._picker = QueryPicker(parts.knowledge.behaviours)

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        words = (
            "Answers rest on the findings of closed rounds. Nobody’s words are in them, and small groups stay silent."
        )
        html_part(render("heading", heading="Ask about your managers", words=words))
        self._away = html_part()
        with gr.Column(elem_classes="vl-ask"):
            self._question = gr.Textbox(
                label="Your question", lines=1, max_lines=6, max_length=LONGEST_QUESTION, elem_classes="vl-box"
            )
            with gr.Row(elem_classes="vl-buttons"):
                self._ask = gr.Button("Ask", variant="primary", min_width=120)
            html_part(render("examples_label"))
            with gr.Column(elem_classes="vl-examples"):
                examples = [gr.Button(question, variant="secondary") for question in self._examples]
        self._answer = html_part()
        with gr.Column(visible=False, elem_classes="vl-form vl-pick") as self._reading:
            html_part(render("subheading", heading="Is this what you meant?"))
            self._picker.build()
            self._pick = gr.Button("Show this", variant="secondary", min_width=120)
        pickers = self._picker.components
        blocks.load(self._on_load, None, [self._header, self._away, *pickers], **EVENT)
        quiet = {"outputs": [self._question, self._answer, self._reading, *pickers], **EVENT}
        gr.on([self._ask.click, self._question.submit], self._on_ask, [self._question, *pickers], **quiet)
        self._pick.click(self._on_pick, pickers, **quiet)
        for button, question in zip(examples, self._examples, strict=True):
            button.click(self._asking(question), None, **quiet)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[dict[Any, Any]]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH), self._away: render("sent_away", host=self._parts.engine.sends_to)}
        with suppress(Unknown):  # before the first round there is nothing to pick from
            parts = self._parts
            yield self._picker.offer(askable(parts.store, who.viewer, who.person.email, None, parts.now()))

    @spoken
    def _on_ask(
        self,
        question: str,
        measure: Any,
        managers: Any,
        below: Any,
        about: Any,
        kinds: Any,
        rounds: Any,
        comparison: Any,
        change: Any,
        order: Any,
        why: Any,
        request: gr.Request,
    ) -> Iterator[dict[Any, Any]]:
        before = picked(measure, managers, below, about, kinds, rounds, comparison, change, order, why)
        yield from self._answered(question, request, before)

    @spoken
    def _on_pick(
        self,
        measure: Any,
        managers: Any,
        below: Any,
        about: Any,
        kinds: Any,
        rounds: Any,
        comparison: Any,
        change: Any,
        order: Any,
        why: Any,
        request: gr.Request,
    ) -> Iterator[dict[Any, Any]]:
        parts, who = self._parts, person_here(self._parts, request)
        query = picked(measure, managers, below, about, kinds, rounds, comparison, change, order, why)
        if query is None:
            raise BadInput("Pick first what is asked for.")
        yield {self._answer: render("looking")}
        answer = ask_picked(
            parts.store, parts.engine, who.viewer, query, who.person.email, None, parts.now(),
            parts.knowledge.behaviours,
        )  # fmt: skip
        yield self._showing(answer)

    def _asking(self, question: str) -> Callable[..., Any]:
        @spoken
        def on_example(request: gr.Request) -> Iterator[dict[Any, Any]]:
            yield from self._answered(question, request, beside={self._question: question})

        return on_example

    def _answered(
        self,
        question: str,
        request: gr.Request,
        before: Query | None = None,
        beside: Mapping[Any, Any] = MappingProxyType({}),
    ) -> Iterator[dict[Any, Any]]:
        parts = self._parts
        who = person_here(parts, request)
        yield {self._answer: render("looking"), **beside}
        answer = ask(
            parts.store, parts.engine, parts.index, who.viewer, question or "", who.person.email, None, parts.now(),
            parts.knowledge.behaviours, before,
        )  # fmt: skip
        yield self._showing(answer)

    def _showing(self, answer: Answer) -> dict[Any, Any]:
        """The answer, and how the question was read; what was not understood is not carried on from."""
        is_read = answer.query is not None and answer.query.measure in MEASURES
        reading = self._picker.show(answer.query) if answer.query and is_read else {}
        return {self._answer: self._shown(answer), self._reading: gr.update(visible=is_read), **reading}

    def _shown(self, answer: Answer) -> str:
        with self._parts.store.work() as work:
            people = work.people.organisation().people
        return render("answer", answer=answer, people=people, words=report_words, bars=bars(answer))
