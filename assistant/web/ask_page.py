"""A leader asks about the managers of their downline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.inquiry import Answer
from assistant.loop.questions import LONGEST_QUESTION, ask
from assistant.web import report_words
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import header, person_here
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
        blocks.load(self._on_load, None, [self._header, self._away], **EVENT)
        quiet = {"outputs": [self._question, self._answer], **EVENT}
        gr.on([self._ask.click, self._question.submit], self._on_ask, [self._question], **quiet)
        for button, question in zip(examples, self._examples, strict=True):
            button.click(self._asking(question), None, **quiet)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[dict[Any, Any]]:
        yield {
            self._header: header(person_here(self._parts, request), PATH),
            self._away: render("sent_away", host=self._parts.engine.sends_to),
        }

    @spoken
    def _on_ask(self, question: str, request: gr.Request) -> Iterator[dict[Any, Any]]:
        yield from self._answered(question, request)

    def _asking(self, question: str) -> Callable[..., Any]:
        @spoken
        def on_example(request: gr.Request) -> Iterator[dict[Any, Any]]:
            yield from self._answered(question, request, {self._question: question})

        return on_example

    def _answered(
        self, question: str, request: gr.Request, beside: dict[Any, Any] | None = None
    ) -> Iterator[dict[Any, Any]]:
        parts = self._parts
        who = person_here(parts, request)
        yield {self._answer: render("looking"), **(beside or {})}
        answer = ask(
            parts.store, parts.engine, parts.index, who.viewer, question or "", who.person.email, None, parts.now(),
            parts.knowledge.behaviours,
        )  # fmt: skip
        yield {self._answer: self._shown(answer)}

    def _shown(self, answer: Answer) -> str:
        with self._parts.store.work() as work:
            people = work.people.organisation().people
        return render("answer", answer=answer, people=people, words=report_words)
