"""Letting somebody in: the one place where a session begins and its cookie is set, whichever way they came."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.access import Viewer
from assistant.domain.attempts import Attempt
from assistant.domain.errors import Refused
from assistant.loop.attempts import count, too_many
from assistant.loop.sign_in import sign_out
from assistant.web.device import device_of
from assistant.web.host_cookie import HostCookie
from assistant.web.message import message_page
from assistant.web.visitor import welcome

BeginSession = Callable[[str, str], Viewer]


class Doorkeeper:
    """Begins sessions, and slows down addresses from which it keeps failing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._cookie = HostCookie(parts.settings)

    def let_in(self, request: Request, begin: BeginSession, path: str | None = None) -> Response:
        """Call ``begin`` with a new secret and the device, and lead who comes of it to ``path`` or to their own page.

        The session has a new secret each time, and the one that the browser brought ends. Where ``begin`` raises
        Refused, nobody is let in, and the page says why.
        """
        if too_many(self._parts.store, Attempt.FAILED, address_of(request), self._parts.now()):
            return wait_a_minute()
        secret = self._parts.new_secret()
        try:
            viewer = begin(secret, device_of(request.headers.get("user-agent", "")))
        except Refused as refused:
            return self.turned_away(request, str(refused))
        if held := self._cookie.of(request):
            sign_out(self._parts.store, held)
        inside = RedirectResponse(path or welcome(self._parts, viewer.email).home, 303)
        self._cookie.put(inside, secret, self._parts.settings.lives.session)
        return inside

    def turned_away(self, request: Request, words: str) -> Response:
        """The page for somebody who is not let in; it counts as a failure of their address."""
        count(self._parts.store, Attempt.FAILED, address_of(request), self._parts.now())
        return HTMLResponse(message_page("You are not signed in", words), 403)


def address_of(request: Request) -> str:
    """Who sends a request: the nearest one that is no trusted proxy."""
    return request.client.host if request.client else ""


def wait_a_minute() -> Response:
    """The page for an address from which too much has come lately."""
    words = "There were too many tries from your address. Wait a minute, then try again."
    return HTMLResponse(message_page("One moment, please", words), 429, {"retry-after": "60"})
