"""A conversation on a page: the chat, the preview of what was understood, and sending."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.conversation import LONGEST_MESSAGE, Conversation, ConversationState
from assistant.domain.errors import Refused
from assistant.domain.rating import FULLY, HARDLY
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind, Speaker
from assistant.interview.serious import GO_ON, NOT_MEANT
from assistant.loop.conversations import preview, send
from assistant.loop.withdrawing import Fate, withdraw
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.person_here import person_here, still_here
from assistant.web.plain_chat import plain_chat
from assistant.web.rendering import render
from assistant.web.spoken import Spoken, spoken
from assistant.web.talk import ChatMessage, Talk, chat, has_begun
from assistant.web.understood import after_sending, before_sending
from assistant.web.visitor import Visitor

Updates = dict[Any, Any]
Subject = Callable[[Talk, Visitor, str | None], str | None]
Around = Callable[[Talk, Visitor, str | None], Updates]
_HAS_CHANGED = (
    "What holds for your words has changed since you opened this page. Read it under “What stays yours”; your text is "
    "still there, and Answer sends it."
)


class Panel:
    """The components and handlers of one conversation.

    ``subject`` turns the page's choice into whom the conversation is about; ``around`` gives the updates of the page
    around the panel after each step. The browser's own copy of the chat is used for one thing only: its length tells
    whether the conversation has gone on elsewhere. It also says which privacy statement it shows, so that nobody writes
    under one that they have not seen.
    """

    def __init__(self, parts: Parts, kind: ConversationKind, subject: Subject, around: Around) -> None:
        self._parts = parts
        self._kind = kind
        self._subject = subject
        self._around = around
        self._is_reflection = kind is ConversationKind.REFLECTION

    def build_privacy(self) -> None:
        """Put what is told before the first answer onto the page that is being built."""
        self.privacy = html_part()
        self.told = gr.Textbox(visible=False)

    def build(self) -> None:
        """Put the components onto the page that is being built."""
        self.chat = plain_chat("Conversation", "min(56vh, 34rem)", 300, copies=True)
        with gr.Row(visible=False, elem_classes="vl-buttons") as self.pause:
            self.go_on = gr.Button("Go on without it", variant="primary", min_width=120)
            self.not_meant = gr.Button("I did not mean it like that", variant="secondary", min_width=120)
        with gr.Column(elem_classes="vl-composer") as self.composer:
            self.box = gr.Textbox(
                label="Your answer",
                info="Enter sends it, Shift and Enter begins a new line. Every answer is kept at once.",
                lines=1,
                max_lines=12,
                max_length=LONGEST_MESSAGE,
                elem_classes="vl-box",
            )
            with gr.Row(elem_classes="vl-buttons"):
                self.say = gr.Button("Answer", variant="primary", min_width=120)
                self.finish = gr.Button("Finish and send", variant="secondary", interactive=False, min_width=120)
        with gr.Column(visible=False, elem_classes="vl-preview") as self.preview:
            self._build_preview()
        with gr.Column(visible=False, elem_classes="vl-sent") as self.sent:
            self.sent_words = html_part()
            with gr.Row(elem_classes="vl-buttons"):
                self.more = gr.Button("Add something", variant="secondary", visible=self._is_reflection)
                self.take_back = gr.Button("Take it back", variant="secondary", visible=not self._is_reflection)
            with gr.Column(visible=False, elem_classes="vl-confirm") as self.confirm:
                html_part(render("taking_back"))
                with gr.Row(elem_classes="vl-buttons"):
                    self.to_draft = gr.Button("Take it back and go on", variant="primary", min_width=120)
                    self.to_nothing = gr.Button("Take it back and delete it", variant="secondary", min_width=120)
                    self.leave = gr.Button("Leave it sent", variant="secondary", min_width=120)

    def _build_preview(self) -> None:
        self.preview_words = html_part()
        self.again = gr.Button("Show the conversation anew", elem_id="vl-again")
        self.rating = gr.Radio(
            label="How well does this capture what you meant?",
            info="It is kept with your conversation, and told as a mean of the whole round. You can leave it out.",
            choices=[("1, hardly", HARDLY), ("2, in part", 2), ("3, mostly", 3), ("4, fully", FULLY)],
            elem_classes="vl-rating",
        )
        with gr.Row(elem_classes="vl-buttons"):
            self.send = gr.Button("Send", variant="primary", min_width=120)
            self.back = gr.Button("Go on talking", variant="secondary", min_width=120)

    @property
    def outputs(self) -> list[Any]:
        """All components that a handler may change."""
        return [
            self.privacy, self.told, self.chat, self.pause, self.composer, self.box, self.say, self.finish,
            self.preview, self.preview_words, self.rating, self.sent, self.sent_words, self.more, self.confirm,
        ]  # fmt: skip

    def wire(self, choice: Any, more_outputs: list[Any]) -> None:
        """Connect the handlers; ``choice`` is the component that says whom the conversation is about."""
        outputs = [*self.outputs, *more_outputs]
        quiet = {"outputs": outputs, **EVENT}
        gr.on([self.say.click, self.box.submit], self._on_say, [choice, self.told, self.chat, self.box], **quiet)
        for button, words in ((self.go_on, GO_ON), (self.not_meant, NOT_MEANT)):
            button.click(self._saying(words), [choice, self.told, self.chat], **quiet)
        self.finish.click(self._on_finish, [choice], **quiet)
        self.back.click(self._on_back, [choice], **quiet)
        self.send.click(self._on_send, [choice, self.chat, self.rating], **quiet)
        self.more.click(self._on_more, [choice], **quiet)
        self.again.click(self._on_again, [choice], **quiet)
        self.take_back.click(self._on_take_back, None, **quiet)
        self.leave.click(self._on_leave, None, **quiet)
        self.to_draft.click(self._on_draft_again, [choice], **quiet)
        self.to_nothing.click(self._on_delete, [choice], **quiet)

    def open(self, request: gr.Request, talk: Talk, who: Visitor, choice: str | None) -> Iterator[Updates]:
        """Show the conversation as it stands, and go on with an answer that is still due."""
        held = talk.about(self._subject(talk, who, choice))
        yield {**self._shown(talk, held), **self._told(talk, held), **self._around(talk, who, choice)}
        if held.state is ConversationState.DRAFT and held.messages[-1].role is Speaker.USER:
            for messages in talk.answered(held.id, still_here(self._parts, request)):
                yield {self.chat: messages}
            yield {self.pause: gr.update(visible=talk.is_paused(held))}

    def _told(self, talk: Talk, held: Conversation) -> Updates:
        """What holds for the viewer's words, and what of it is new since they last answered."""
        now, earlier = talk.privacy, talk.last_told(held)
        news = () if earlier is None else now.new_against(earlier)
        return {self.privacy: render("privacy", statement=now, news=news), self.told: now.fingerprint}

    def _shown(self, talk: Talk, held: Conversation) -> Updates:
        is_draft = held.state is ConversationState.DRAFT
        return {
            self.chat: chat(held),
            self.pause: gr.update(visible=is_draft and talk.is_paused(held)),
            self.composer: gr.update(visible=is_draft),
            self.finish: gr.update(interactive=has_begun(held)),
            self.preview: gr.update(visible=False),
            self.sent: gr.update(visible=not is_draft),
            self.confirm: gr.update(visible=False),
            self.sent_words: "" if is_draft else self._sent_words(talk, held),
        }

    def _sent_words(self, talk: Talk, held: Conversation) -> str:
        reading = self._reading(talk, held)
        return after_sending(reading, self._parts.knowledge, self._is_reflection)

    def _reading(self, talk: Talk, held: Conversation) -> Reading:
        return preview(self._parts.store, self._parts.engine, talk.viewer, held.id)

    def _talk(self, request: gr.Request) -> tuple[Talk, Visitor]:
        who = person_here(self._parts, request)
        talk = Talk.now(self._parts, who.viewer, self._kind)
        if talk is None:
            raise Refused("The round has been closed meanwhile, so nothing can be added to it.")
        return talk, who

    def _on_say(
        self, choice: str | None, told: str | None, shown: list[ChatMessage], text: str, request: gr.Request
    ) -> Iterator[Updates]:
        afterwards: Updates = {self.say: gr.update(interactive=True)}
        with Spoken():
            afterwards |= yield from self._said(choice, told, shown, text, request)
        yield afterwards

    def _saying(self, words: str) -> Callable[..., Iterator[Updates]]:
        """A handler that says these words in the person's place, as a button does."""

        def on_click(
            choice: str | None, told: str | None, shown: list[ChatMessage], request: gr.Request
        ) -> Iterator[Updates]:
            yield from self._on_say(choice, told, shown, words, request)

        return on_click

    def _said(
        self, choice: str | None, told: str | None, shown: list[ChatMessage], text: str, request: gr.Request
    ) -> Generator[Updates, None, Updates]:
        """The answer as it comes; given back is what changes after it.

        That is told all at once at the very end: of what a busy browser gets in quick succession it may leave out all
        but the last.
        """
        talk, who = self._talk(request)
        held = talk.draft(self._subject(talk, who, choice))
        if told != talk.privacy.fingerprint and talk.last_told(held) != talk.privacy:
            yield self._told(talk, held)
            raise Refused(_HAS_CHANGED)
        turns = talk.turn(held, len(shown or []), text or "", still_here(self._parts, request))
        waiting = {self.say: gr.update(interactive=False), self.pause: gr.update(visible=False)}
        yield {self.chat: next(turns), self.box: "", **waiting}
        for messages in turns:
            yield {self.chat: messages}
        paused = gr.update(visible=talk.is_paused(held))
        finish = gr.update(interactive=True)
        return {self.pause: paused, self.finish: finish, **self._around(talk, who, choice)}

    @spoken
    def _on_finish(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        talk, who = self._talk(request)
        held = talk.draft(self._subject(talk, who, choice))
        yield {
            self.pause: gr.update(visible=False),
            self.composer: gr.update(visible=False),
            self.preview: gr.update(visible=True),
            self.preview_words: before_sending(self._parts, held, self._reading(talk, held)),
            self.rating: gr.update(value=None),
        }

    @spoken
    def _on_back(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        talk, who = self._talk(request)
        yield self._shown(talk, talk.about(self._subject(talk, who, choice)))

    @spoken
    def _on_send(
        self, choice: str | None, shown: list[ChatMessage], rating: int | None, request: gr.Request
    ) -> Iterator[Updates]:
        talk, who = self._talk(request)
        draft = talk.draft(self._subject(talk, who, choice))
        if len(shown or []) != len(draft.messages):
            raise Refused("This conversation has gone on in another window. Reload the page to see it as it is now.")
        send(self._parts.store, self._parts.engine, talk.viewer, draft.id, rating=rating)
        held = talk.about(draft.about)
        yield {**self._shown(talk, held), **self._around(talk, who, choice)}

    @spoken
    def _on_again(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        talk, who = self._talk(request)
        yield {self.chat: chat(talk.about(self._subject(talk, who, choice)))}

    @spoken
    def _on_take_back(self, request: gr.Request) -> Iterator[Updates]:
        self._talk(request)
        yield {self.confirm: gr.update(visible=True)}

    @spoken
    def _on_leave(self, request: gr.Request) -> Iterator[Updates]:
        self._talk(request)
        yield {self.confirm: gr.update(visible=False)}

    @spoken
    def _on_draft_again(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        yield from self._withdrawn(choice, Fate.DRAFT, request)

    @spoken
    def _on_delete(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        yield from self._withdrawn(choice, Fate.DELETED, request)

    def _withdrawn(self, choice: str | None, fate: Fate, request: gr.Request) -> Iterator[Updates]:
        talk, who = self._talk(request)
        withdraw(self._parts.store, talk.viewer, talk.viewer.email, talk.round.key, fate)
        yield {
            **self._shown(talk, talk.about(self._subject(talk, who, choice))),
            **self._around(talk, who, choice),
        }

    @spoken
    def _on_more(self, choice: str | None, request: gr.Request) -> Iterator[Updates]:
        talk, who = self._talk(request)
        yield self._shown(talk, talk.begin(self._subject(talk, who, choice)))
