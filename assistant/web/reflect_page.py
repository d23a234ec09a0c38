"""A manager reflects: on each direct report, and on the team as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.web.html_part import html_part
from assistant.web.look import EVENT
from assistant.web.panel import Panel, Updates
from assistant.web.person_here import header, person_here
from assistant.web.rendering import render
from assistant.web.spoken import spoken
from assistant.web.talk import Talk, has_begun
from assistant.web.visitor import Visitor

TEAM = "the team"
PATH = "/manager/"
_DONE, _STARTED, _NOT_YET = "done", "started", "not yet"


class ReflectPage:
    """The page as components and handlers."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._panel = Panel(parts, ConversationKind.REFLECTION, _subject, self._around)

    def build(self, blocks: gr.Blocks) -> None:
        """Put the page into ``blocks``, whose context is open."""
        self._header = html_part(elem_classes="vl-top")
        html_part(render("heading", heading="What value are you bringing to each team member?"))
        self._note = html_part()
        with gr.Row(elem_classes="vl-columns", visible=False) as self._work:
            with gr.Column(scale=2, min_width=280, elem_classes="vl-side"):
                self._people = gr.Radio(label="Whom do you want to think about?", choices=[], elem_classes="vl-people")
                self._progress = html_part()
                self._panel.build_privacy()
            with gr.Column(scale=5, min_width=320, elem_classes="vl-talk"):
                self._panel.build()
        around = [self._header, self._note, self._work, self._people, self._progress]
        outputs = [*self._panel.outputs, *around]
        quiet = {"outputs": outputs, **EVENT}
        blocks.load(self._on_load, None, **quiet)
        self._people.input(self._on_choose, [self._people], **quiet)
        self._panel.wire(self._people, around)

    @spoken
    def _on_load(self, request: gr.Request) -> Iterator[Updates]:
        who = person_here(self._parts, request)
        yield {self._header: header(who, PATH)}
        talk = Talk.now(self._parts, who.viewer, ConversationKind.REFLECTION)
        people = reports_in(talk) if talk else ()
        if talk is None or not people:
            yield {self._note: render("no_round", is_open=talk is not None)}
            return
        states = _states(talk, people)
        choice = next((key for key, state in states.items() if state != _DONE), TEAM)
        yield {self._work: gr.update(visible=True), self._note: render("round_open", round=talk.round)}
        yield from self._panel.open(request, talk, who, choice)

    @spoken
    def _on_choose(self, choice: str, request: gr.Request) -> Iterator[Updates]:
        who = person_here(self._parts, request)
        talk = Talk.now(self._parts, who.viewer, ConversationKind.REFLECTION)
        if talk is not None:
            yield from self._panel.open(request, talk, who, choice)

    def _around(self, talk: Talk, _who: Visitor, choice: str | None) -> Updates:
        people = reports_in(talk)
        states = _states(talk, people)
        names = {person.email: person.name for person in people} | {TEAM: "The team as a whole"}
        done = sum(state == _DONE for state in states.values())
        return {
            self._people: gr.update(choices=[(f"{names[k]}\n{s}", k) for k, s in states.items()], value=choice),
            self._progress: render("progress", done=done, of=len(states)),
        }


def reports_in(talk: Talk) -> tuple[Person, ...]:
    """The viewer's direct reports of the round, by name."""
    with talk.parts.store.work() as work:
        people = work.people.organisation().people
        mine = [m.member for m in work.rounds.members(talk.round.key) if m.manager == talk.viewer.email]
    return tuple(sorted((people[email] for email in mine if email in people), key=lambda person: person.name))


def _subject(_talk: Talk, _who: Visitor, choice: str | None) -> str | None:
    return None if choice in {None, TEAM} else choice


def _states(talk: Talk, people: tuple[Person, ...]) -> dict[str, str]:
    held = talk.held()
    keys: list[str] = [*(person.email for person in people), TEAM]
    return {key: _state([c for c in held if (c.about or TEAM) == key]) for key in keys}


def _state(held: list[Conversation]) -> str:
    if any(c.state is ConversationState.SENT for c in held):
        return _DONE
    return _STARTED if any(has_begun(c) for c in held) else _NOT_YET


def reflect_page(parts: Parts, blocks: Any) -> None:
    """Build the page into ``blocks``."""
    ReflectPage(parts).build(blocks)
