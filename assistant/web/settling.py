"""Saying how one's own words were meant: one line each, answered with the line as it then is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, Form
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.errors import OperatorError, UserError
from assistant.domain.statements import Span
from assistant.loop.corrections import Says, Word, correct
from assistant.web.understood import line
from assistant.web.visitor import COOKIE, visitor

PATH = "/understood"
Held = Annotated[str | None, Cookie(alias=COOKIE)]
Id = Annotated[str, Form(max_length=200)]
Place = Annotated[int, Form(ge=0, le=10_000_000)]
Choice = Annotated[str, Form(max_length=100)]


def settling(parts: Parts) -> APIRouter:
    """The route to which the forms of the lines are sent."""
    router = APIRouter()

    @router.post(PATH)
    def say(
        conversation: Id,
        message: Place,
        start: Place,
        end: Place,
        number: Place,
        says: Annotated[Says, Form()],
        behaviour: Choice = "",
        stance: Choice = "",
        in_report: Choice = "",
        held: Held = None,
    ) -> Response:
        who = visitor(parts, held)
        if who is None:
            return JSONResponse({"detail": "Please sign in."}, 401)
        span, word = Span(message, start, end), Word(says, behaviour, stance)
        try:
            now = correct(parts.store, parts.engine, parts.knowledge, who.viewer, conversation, span, word)
        except UserError as error:
            return JSONResponse({"detail": str(error)}, 409)
        except OperatorError as error:
            return JSONResponse({"detail": str(error)}, 503)
        return HTMLResponse(line(now, number, parts.engine, parts.knowledge, bool(in_report)))

    return router
