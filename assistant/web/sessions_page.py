"""Where somebody is signed in, and ending it there: a page of our own, which works without Gradio."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.signing_in import digest
from assistant.loop.sessions import end_others, end_own, own_sessions
from assistant.web.host_cookie import Held
from assistant.web.rendering import render
from assistant.web.visitor import visitor

PATH = "/sessions"
Name = Annotated[str, Form(max_length=64)]


def sessions_page(parts: Parts) -> APIRouter:
    """The routes ``/sessions``, ``/sessions/end`` and ``/sessions/end-others``."""
    router = APIRouter(default_response_class=HTMLResponse)
    page = _SessionsPage(parts)
    router.get(PATH)(page.show)
    router.post(f"{PATH}/end")(page.end)
    router.post(f"{PATH}/end-others")(page.end_others)
    return router


class _SessionsPage:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, held: Held) -> Response:
        who = visitor(self._parts, held)
        if who is None or held is None:
            return RedirectResponse("/", 303)
        own = own_sessions(self._parts.store, who.viewer, self._parts.now(), self._parts.settings.lives.idle)
        here = [session for session in own if session.digest == digest(held)]
        elsewhere = [session for session in own if session.digest != digest(held)]
        page = render("sessions", title="Where you are signed in", visitor=who, here=PATH, mine=here, others=elsewhere)
        return HTMLResponse(page)

    def end(self, session: Name, held: Held) -> Response:
        if who := visitor(self._parts, held):
            end_own(self._parts.store, who.viewer, session)
        return RedirectResponse(PATH, 303)

    def end_others(self, held: Held) -> Response:
        who = visitor(self._parts, held)
        if who is not None and held is not None:
            end_others(self._parts.store, who.viewer, held)
        return RedirectResponse(PATH, 303)
