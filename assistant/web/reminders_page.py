"""Ending reminders from a mail: a page with a button, and the one click of RFC 8058, both without signing in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.errors import Refused
from assistant.loop.reminders import set_reminders
from assistant.web.message import message_page
from assistant.web.rendering import render

PATH = "/reminders"
Notice = Annotated[str, Query(max_length=64)]
Token = Annotated[str, Query(max_length=128)]
Wanted = Annotated[bool, Form()]


def reminders_page(parts: Parts) -> APIRouter:
    """The route ``/reminders``: GET changes nothing, as programs open what they find in mails; POST does."""
    router = APIRouter(default_response_class=HTMLResponse)
    page = _RemindersPage(parts)
    router.get(PATH)(page.ask)
    router.post(PATH)(page.change)
    return router


class _RemindersPage:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def ask(self, notice: Notice = "", token: Token = "") -> Response:
        return self._page("reminders", notice, token)

    def change(self, notice: Notice = "", token: Token = "", wanted: Wanted = False) -> Response:
        """A mail program posts ``List-Unsubscribe=One-Click``, which is as good as the button."""
        try:
            set_reminders(self._parts.store, notice, token, wanted)
        except Refused as error:
            return HTMLResponse(message_page("This link does not work", str(error)), 404)
        return self._page("reminders_changed", notice, token, wanted=wanted)

    def _page(self, template: str, notice: str, token: str, **values: bool) -> Response:
        shown = {"title": "Reminders", "visitor": None, "notice": notice, "token": token}
        return HTMLResponse(render(template, **shown, **values))
