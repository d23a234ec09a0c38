"""Rehearsing the talk with the team: a chat that lives on the page alone."""

from __future__ import annotations

import html
import time
from collections.abc import Generator, Iterator
from typing import Any, Literal

import gradio as gr
from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.bootstrap import Parts
from assistant.coaching.role_play import LONGEST_ANSWER, MOST_ANSWERS, answered
from assistant.domain.conversation import Message
from assistant.domain.errors import BadInput
from assistant.domain.words import Speaker
from assistant.loop.role_playing import Replied, begin_rehearsal, reply
from assistant.loop.rounds import latest_closed
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.panel import Updates
from assistant.web.person_here import person_here, still_here
from assistant.web.plain_chat import plain_chat
from assistant.web.rendering import render
from assistant.web.spoken import Spoken, spoken
from assistant.web.talk import LOOK_AROUND, ChatMessage, shown


class _Text(BaseModel):
    """A part of a message as the browser holds it."""

    type: Literal["text"]
    text: str


class _Said(BaseModel):
    """A message as the browser holds it, in words for HTML."""

    role: Speaker
    content: tuple[_Text, ...]

    @property
    def message(self) -> Message:
        """The same as plain words."""
        return Message(self.role, html.unescape("".join(part.text for part in self.content)))


_REHEARSAL = TypeAdapter(tuple[_Said, ...])


class RehearsalPanel:
    """The components and handlers of a rehearsal. All there is of it comes from the browser with each answer."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def build(self) -> None:
        """Put the components onto the page that is being built; they are shown where somebody can play the team."""
        with gr.Column(visible=False, elem_classes="vl-rehearsal") as self._column:
            self._words = html_part()
            with gr.Row(elem_classes="vl-buttons"):
                self._begin = gr.Button("Begin the rehearsal", variant="secondary", min_width=120)
            with gr.Column(visible=False) as self._stage:
                self._chat = plain_chat("Rehearsal", "min(50vh, 28rem)")
                with gr.Column(elem_classes="vl-composer") as self._composer:
                    self._box = gr.Textbox(
                        label="What you would say",
                        info="Enter says it, Shift and Enter begins a new line.",
                        lines=1,
                        max_lines=8,
                        max_length=LONGEST_ANSWER,
                        elem_classes="vl-box",
                    )
                    with gr.Row(elem_classes="vl-buttons"):
                        self._say = gr.Button("Say it", variant="primary", min_width=120)

    def wire(self) -> None:
        """Connect the handlers."""
        outputs = [self._begin, self._stage, self._chat, self._composer, self._box, self._say]
        quiet = {"outputs": outputs, **EVENT}
        self._begin.click(self._on_begin_rehearsal, None, **quiet)
        gr.on([self._say.click, self._box.submit], self._on_rehearse, [self._chat, self._box], **quiet)

    @property
    def around(self) -> list[Any]:
        """What the page around it changes by :meth:`offered`."""
        return [self._column, self._words]

    def offered(self, is_offered: bool) -> Updates:
        """Show that there is a rehearsal to begin, and what holds for it; or nothing."""
        words = render("rehearsal", host=self._parts.engine.sends_to, most=MOST_ANSWERS)
        return {self._column: gr.update(visible=is_offered), self._words: words if is_offered else ""}

    @spoken
    def _on_begin_rehearsal(self, request: gr.Request) -> Iterator[Updates]:
        who = person_here(self._parts, request)
        parts = self._parts
        begun = begin_rehearsal(parts.store, parts.engine, parts.knowledge, who.viewer, self._round_key(), parts.now())
        yield {
            self._begin: gr.update(value="Begin anew"),
            self._stage: gr.update(visible=True),
            self._chat: _chat(begun),
            self._composer: gr.update(visible=True),
            self._box: "",
            self._say: gr.update(interactive=True),
        }

    def _on_rehearse(self, told: Any, text: str | None, request: gr.Request) -> Iterator[Updates]:
        afterwards: Updates = {self._say: gr.update(interactive=True)}
        with Spoken():
            afterwards |= yield from self._replied(told, text or "", request)
        yield afterwards

    def _replied(self, told: Any, text: str, request: gr.Request) -> Generator[Updates, None, Updates]:
        """The team member's words as they come; given back is what changes after them, all at once at the very end.

        An answer that gets no reply is put back into the box.
        """
        who = person_here(self._parts, request)
        messages = answered(_read(told), text)
        parts = self._parts
        replying = reply(
            parts.store, parts.engine, parts.knowledge, who.viewer, self._round_key(), messages, parts.now(),
            parts.contacts,
        )  # fmt: skip
        yield {self._chat: _chat(messages), self._box: "", self._say: gr.update(interactive=False)}
        try:
            goes_on = yield from self._as_they_come(replying, _chat(messages), request)
        except Exception:
            yield {self._chat: _chat(messages[:-1]), self._box: text}
            raise
        return {self._composer: gr.update(visible=goes_on)}

    def _as_they_come(
        self, replying: Replied, so_far: list[ChatMessage], request: gr.Request
    ) -> Generator[Updates, None, bool]:
        """The chat as it grows, as long as its person is signed in; whether the rehearsal goes on."""
        words, is_here, here, looked = "", still_here(self._parts, request), True, time.monotonic()
        while True:
            try:
                words += next(replying)
            except StopIteration as end:
                return bool(end.value)
            if time.monotonic() - looked > LOOK_AROUND:
                looked, here = time.monotonic(), here and is_here()
            if here:
                yield {self._chat: [*so_far, shown(Speaker.ASSISTANT, words)]}

    def _round_key(self) -> str:
        """The round whose report the page shows."""
        with self._parts.store.work() as work:
            return latest_closed(work).key


def _read(told: Any) -> tuple[Message, ...]:
    """What the browser says was said before. Raises BadInput where it is nothing of the kind."""
    try:
        return tuple(said.message for said in _REHEARSAL.validate_python(told or ()))
    except ValidationError:
        raise BadInput("This is not how the rehearsal was left. Begin it anew.") from None


def _chat(messages: tuple[Message, ...]) -> list[ChatMessage]:
    return [shown(message.role, message.content) for message in messages]
