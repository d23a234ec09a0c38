"""Who has looked: a page of our own for team members, and for managers about themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.loop.reader_log import who_has_looked
from assistant.web import look_words
from assistant.web.host_cookie import Held
from assistant.web.rendering import render
from assistant.web.visitor import LOOKED, visitor

PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]


def looked(parts: Parts) -> APIRouter:
    """The route ``/looked``."""
    router = APIRouter()

    @router.get(LOOKED)
    def page(held: Held, number: PageNumber = 1) -> Response:
        who = visitor(parts, held)
        if who is None:
            return RedirectResponse("/", 303)
        found = who_has_looked(parts.store, who.viewer, number)
        with parts.store.work() as work:
            people = work.people.organisation().people
        shown = {"page": found, "number": number, "people": people, "words": look_words}
        return HTMLResponse(render("looked", title="Who has looked", visitor=who, here=LOOKED, **shown))

    return router
