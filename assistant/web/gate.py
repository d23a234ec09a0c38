"""The gate before the Gradio pages: who is let in, to which room, and to which of Gradio's many addresses."""

from __future__ import annotations

import json
import re

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.bootstrap import Parts
from assistant.web.headers import is_same_for_all
from assistant.web.host_cookie import HostCookie
from assistant.web.intake import LARGEST_CALL, TooMuch, again, body_of, too_much
from assistant.web.message import message_page
from assistant.web.streams import Streams, WhileSignedIn, number_in_address, read_call
from assistant.web.visitor import ROOMS, Visitor, visitor

_PAGES = re.compile(r"/(report|brief|config/?)?|/gradio_api/(queue/data|heartbeat/[a-z0-9]+|startup-events)")
_CALLS = re.compile(r"/gradio_api/(queue/join|cancel|reset/?|startup-events)")
_RESULTS = "/queue/data"
_READING = frozenset({"GET", "HEAD"})


class Gate:
    """Lets a signed-in person into the rooms that are theirs; everybody else is told what to do.

    Knowing the number of somebody else's stream of results opens nothing and ends nothing, and a stream ends when its
    person signs out or loses the room. Uploads, files and all else that the pages don't use are closed.
    """

    def __init__(self, app: ASGIApp, rooms: ASGIApp, parts: Parts) -> None:
        self._app = app
        self._rooms = rooms
        self._parts = parts
        self._cookie = HostCookie(parts.settings)
        self._streams = Streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        room = next((r for r in ROOMS if scope["type"] == "http" and _lies_in(scope["path"], r)), None)
        if room is None or is_same_for_all(scope["path"]):
            await (self._app if room is None else self._rooms)(scope, receive, send)
            return
        request = Request(scope)
        who = await run_in_threadpool(visitor, self._parts, self._cookie.of(request))
        if who is None:
            await _sign_in_first(request)(scope, receive, send)
            return
        refusal = self._refusal(request, room, who)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        scope.setdefault("state", {})["visitor"] = who.person.email
        if request.method in _READING:
            if scope["path"].endswith(_RESULTS):
                send = WhileSignedIn(send, lambda: self._is_still_open(request, room, who))
            await self._rooms(scope, receive, send)
        else:
            await self._call(request, who, receive, send)

    def _refusal(self, request: Request, room: str, who: Visitor) -> Response | None:
        if room not in who.rooms:
            return _not_yours(request, who)
        used = _PAGES if request.method in _READING else _CALLS
        if not used.fullmatch(request.url.path.removeprefix(room) or "/"):
            return JSONResponse({"detail": "There is nothing here."}, 404)
        number = number_in_address(request)
        if number is not None and not self._streams.belongs(number, who.person.email):
            return _not_your_stream()
        return None

    async def _call(self, request: Request, who: Visitor, receive: Receive, send: Send) -> None:
        """Pass a call on once it is known whose stream its results go to, exactly as it was read here."""
        answer: ASGIApp = self._rooms
        try:
            call = read_call(await body_of(request.headers, receive, LARGEST_CALL))
        except TooMuch as error:
            await too_much(error)(request.scope, receive, send)
            return
        if call is None:
            answer = JSONResponse({"detail": "What was sent is not what a page sends."}, 400)
        elif not self._is_own(call.get("session_hash"), who.person.email):
            answer = _not_your_stream()
        body = json.dumps(call).encode() if call else b""
        await answer(request.scope, again(body, receive), send)

    def _is_own(self, number: object, email: str) -> bool:
        return number is None or (isinstance(number, str) and self._streams.belongs(number, email))

    def _is_still_open(self, request: Request, room: str, who: Visitor) -> bool:
        now = visitor(self._parts, self._cookie.of(request))
        return now is not None and now.person.email == who.person.email and room in now.rooms


def _lies_in(path: str, room: str) -> bool:
    return path == room or path.startswith(f"{room}/")


def _is_page(request: Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _sign_in_first(request: Request) -> Response:
    return RedirectResponse("/", 303) if _is_page(request) else JSONResponse({"detail": "Please sign in."}, 401)


def _not_yours(request: Request, who: Visitor) -> Response:
    if not _is_page(request):
        return JSONResponse({"detail": "This page is not yours to open."}, 403)
    words = "Each page belongs to one part in the loop, and this one is not among yours. Nothing is wrong."
    return HTMLResponse(message_page("This page is not yours to open", words, who), 403)


def _not_your_stream() -> Response:
    return JSONResponse({"detail": "This stream is not yours."}, 403)
