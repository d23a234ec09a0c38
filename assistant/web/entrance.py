"""Arriving, signing in and out: pages of our own, without Gradio."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Cookie, Form, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.errors import Refused
from assistant.domain.signing_in import SESSION_LIFE
from assistant.loop.example import Tour
from assistant.loop.sign_in import make_link, sign_in, sign_out
from assistant.web.attempts import FailedAttempts
from assistant.web.message import message_page
from assistant.web.rendering import render
from assistant.web.tour import Guest, guests
from assistant.web.visitor import COOKIE, visitor, welcome

_LONGEST_TOKEN = 200
Held = Annotated[str | None, Cookie(alias=COOKIE)]


def entrance(parts: Parts, tour: Tour | None) -> APIRouter:
    """The routes ``/``, ``/sign-in``, ``/sign-out``, ``/look`` (in the demo) and ``/robots.txt``."""
    router = APIRouter(default_response_class=HTMLResponse)
    door = _Door(parts, guests(tour))
    router.get("/")(door.landing)
    router.get("/sign-in")(door.ask)
    router.post("/sign-in")(door.let_in)
    router.post("/sign-out")(door.let_out)
    router.post("/look")(door.look)
    router.get("/robots.txt")(_robots)
    return router


def _robots() -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


class _Door:
    def __init__(self, parts: Parts, tour_guests: tuple[Guest, ...]) -> None:
        self._parts = parts
        self._guests = tour_guests
        self._failed = FailedAttempts()

    def landing(self, held: Held = None) -> Response:
        who = visitor(self._parts, held)
        return HTMLResponse(render("landing", title="Value Loop", visitor=who, guests=self._guests))

    def ask(self, token: str = "") -> Response:
        if not token or len(token) > _LONGEST_TOKEN:
            return _no_link()
        return HTMLResponse(render("sign_in", title="Sign in", token=token, visitor=None))

    def let_in(
        self, request: Request, token: Annotated[str, Form(max_length=_LONGEST_TOKEN)], held: Held = None
    ) -> Response:
        return self._begin(request, token, held)

    def look(self, request: Request, guest: Annotated[str, Form(max_length=20)], held: Held = None) -> Response:
        chosen = next((g for g in self._guests if g.key == guest), None)
        if chosen is None:
            return HTMLResponse(message_page("There is nothing here", "This address leads nowhere."), 404)
        token = self._parts.new_secret()
        make_link(self._parts.store, chosen.email, token, self._parts.now())
        return self._begin(request, token, held, chosen.path)

    def let_out(self, held: Held = None) -> Response:
        if held:
            sign_out(self._parts.store, held)
        away = RedirectResponse("/", 303)
        away.delete_cookie(COOKIE)
        away.headers["clear-site-data"] = '"cache", "storage"'
        return away

    def _begin(self, request: Request, token: str, held: str | None, path: str | None = None) -> Response:
        parts = self._parts
        address = request.client.host if request.client else ""
        if self._failed.too_many(address, parts.now()):
            words = "There were too many tries from your address. Wait a minute, then use your link again."
            return HTMLResponse(message_page("One moment, please", words), 429, {"retry-after": "60"})
        secret = parts.new_secret()
        try:
            viewer = sign_in(parts.store, token, secret, parts.now())
        except Refused as refused:
            self._failed.count(address, parts.now())
            return HTMLResponse(message_page("This link does not open the door", str(refused)), 403)
        if held:
            sign_out(parts.store, held)
        inside = RedirectResponse(path or welcome(parts, viewer.email).home, 303)
        inside.set_cookie(
            COOKIE,
            secret,
            max_age=int(SESSION_LIFE.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=(parts.settings.public_url or "").startswith("https://"),
        )
        return inside


def _no_link() -> Response:
    words = "A sign-in link is needed to come in. Ask the person who runs your round for one; each link works once."
    return HTMLResponse(message_page("There is no sign-in link here", words), 400)
