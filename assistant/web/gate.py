"""The gate before the Gradio pages: who is let in, to which room, and to which of Gradio's many addresses."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.bootstrap import Parts
from assistant.web.headers import is_same_for_all
from assistant.web.message import message_page
from assistant.web.streams import Streams, WhileSignedIn
from assistant.web.visitor import COOKIE, ROOMS, Visitor, visitor

_USED = re.compile(
    r"/(report|overview|config/?)?|/gradio_api/(queue/(join|data)|heartbeat/[a-z0-9]+|cancel|reset/?|startup-events)"
)
_RESULTS = "/queue/data"


class Gate:
    """Lets a signed-in person into the rooms that are theirs; everybody else is told what to do.

    Knowing the number of somebody else's stream of results opens nothing, and a stream ends when its person signs out
    or loses the room. Uploads, files and all else that the pages don't use are closed.
    """

    def __init__(self, app: ASGIApp, rooms: ASGIApp, parts: Parts) -> None:
        self._app = app
        self._rooms = rooms
        self._parts = parts
        self._streams = Streams()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        room = next((r for r in ROOMS if scope["type"] == "http" and _lies_in(scope["path"], r)), None)
        if room is None or is_same_for_all(scope["path"]):
            await (self._app if room is None else self._rooms)(scope, receive, send)
            return
        request = Request(scope)
        who = await run_in_threadpool(visitor, self._parts, request.cookies.get(COOKIE))
        refusal = self._refusal(request, room, who)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        if who is not None:
            scope.setdefault("state", {})["visitor"] = who.person.email
        if who is not None and scope["path"].endswith(_RESULTS):
            send = WhileSignedIn(send, lambda: self._is_still_open(request, room, who))
        await self._rooms(scope, receive, send)

    def _refusal(self, request: Request, room: str, who: Visitor | None) -> Response | None:
        is_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
        if who is None:
            return RedirectResponse("/", 303) if is_page else JSONResponse({"detail": "Please sign in."}, 401)
        if room not in who.rooms:
            return _not_yours(who) if is_page else JSONResponse({"detail": "This page is not yours to open."}, 403)
        if not _USED.fullmatch(request.url.path.removeprefix(room) or "/"):
            return JSONResponse({"detail": "There is nothing here."}, 404)
        if not self._owns_stream(request, who.person.email):
            return JSONResponse({"detail": "This stream is not yours."}, 403)
        return None

    def _owns_stream(self, request: Request, email: str) -> bool:
        if not request.url.path.endswith(_RESULTS):
            return True
        number = parse_qs(request.url.query).get("session_hash", [""])[0]
        return self._streams.belongs(number, email)

    def _is_still_open(self, request: Request, room: str, who: Visitor) -> bool:
        now = visitor(self._parts, request.cookies.get(COOKIE))
        return now is not None and now.person.email == who.person.email and room in now.rooms


def _lies_in(path: str, room: str) -> bool:
    return path == room or path.startswith(f"{room}/")


def _not_yours(who: Visitor) -> Response:
    words = "Each page belongs to one part in the loop, and this one is not among yours. Nothing is wrong."
    return HTMLResponse(message_page("This page is not yours to open", words, who), 403)
