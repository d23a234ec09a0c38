"""Saying how one's own words were meant, changing them, and saying how they are shared: one small form each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.access import Viewer
from assistant.domain.conversation import LONGEST_MESSAGE
from assistant.domain.errors import OperatorError, UserError
from assistant.domain.statements import Span
from assistant.loop.conversations import preview
from assistant.loop.corrections import Says, Word, correct
from assistant.loop.lines import Sharing, put_name, reword, share
from assistant.web.host_cookie import Held
from assistant.web.understood import before_sending, line
from assistant.web.visitor import visitor

PATH = "/understood"
Id = Annotated[str, Form(max_length=200)]
Place = Annotated[int, Form(ge=0, le=10_000_000)]
Choice = Annotated[str, Form(max_length=100)]
Words = Annotated[str, Form(max_length=4 * LONGEST_MESSAGE)]  # more than may be kept, so that it is refused in words


def settling(parts: Parts) -> APIRouter:
    """The routes to which the forms of the lines are sent. The first answers with a line, the others with all lines."""
    router = APIRouter()

    @router.post(PATH)
    def say(
        conversation: Id,
        message: Place,
        start: Place,
        end: Place,
        number: Place,
        says: Annotated[Says, Form()],
        held: Held,
        behaviour: Choice = "",
        stance: Choice = "",
        in_report: Choice = "",
    ) -> Response:
        span, word = Span(message, start, end), Word(says, behaviour, stance)

        def settled(viewer: Viewer) -> str:
            now = correct(parts.store, parts.engine, parts.knowledge, viewer, conversation, span, word)
            if in_report:
                return line(now, number, parts.engine, parts.knowledge, in_report=True)
            return _all_lines(parts, viewer, conversation)

        return _answered(parts, held, settled)

    @router.post(f"{PATH}/words")
    def words(
        conversation: Id, message: Place, start: Place, end: Place, digest: Choice, held: Held, text: Words = ""
    ) -> Response:
        def changed(viewer: Viewer) -> str:
            reword(parts.store, parts.engine, viewer, conversation, Span(message, start, end), digest, text)
            return _all_lines(parts, viewer, conversation)

        return _answered(parts, held, changed)

    @router.post(f"{PATH}/sharing")
    def sharing(
        conversation: Id, message: Place, start: Place, end: Place, how: Annotated[Sharing, Form()], held: Held
    ) -> Response:
        def shared(viewer: Viewer) -> str:
            share(parts.store, parts.engine, viewer, conversation, Span(message, start, end), how)
            return _all_lines(parts, viewer, conversation)

        return _answered(parts, held, shared)

    @router.post(f"{PATH}/name")
    def name(conversation: Id, named: Annotated[bool, Form()], held: Held) -> Response:
        def signed(viewer: Viewer) -> str:
            put_name(parts.store, viewer, conversation, named)
            return _all_lines(parts, viewer, conversation)

        return _answered(parts, held, signed)

    return router


def _all_lines(parts: Parts, viewer: Viewer, conversation: str) -> str:
    reading = preview(parts.store, parts.engine, viewer, conversation)
    with parts.store.work() as work:
        talk = work.conversations.get(conversation, viewer)
    return before_sending(parts, talk, reading)


def _answered(parts: Parts, held: str | None, act: Callable[[Viewer], str]) -> Response:
    """What was done for whoever has signed in, as HTML; else why it was not, as a program can read it."""
    who = visitor(parts, held)
    if who is None:
        return JSONResponse({"detail": "Please sign in."}, 401)
    try:
        return HTMLResponse(act(who.viewer))
    except UserError as error:
        return JSONResponse({"detail": str(error)}, 409)
    except OperatorError as error:
        return JSONResponse({"detail": str(error)}, 503)
