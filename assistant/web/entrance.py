"""Arriving, signing in by a link, and signing out: pages of our own, without Gradio."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.access import Viewer
from assistant.loop.example import Tour
from assistant.loop.sign_in import sign_in, sign_in_as, sign_out
from assistant.web.doorkeeper import Doorkeeper
from assistant.web.host_cookie import Held, HostCookie
from assistant.web.message import message_page
from assistant.web.rendering import render
from assistant.web.tour import Guest, guests
from assistant.web.visitor import visitor

_LONGEST_TOKEN = 200


def entrance(parts: Parts, tour: Tour | None, doorkeeper: Doorkeeper) -> APIRouter:
    """The routes ``/``, ``/sign-in``, ``/sign-out``, ``/look`` (in the demo) and ``/robots.txt``."""
    router = APIRouter(default_response_class=HTMLResponse)
    door = _Door(parts, guests(tour), doorkeeper)
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
    def __init__(self, parts: Parts, tour_guests: tuple[Guest, ...], doorkeeper: Doorkeeper) -> None:
        self._parts = parts
        self._guests = tour_guests
        self._doorkeeper = doorkeeper

    def landing(self, held: Held) -> Response:
        who = visitor(self._parts, held)
        provider, lives = self._parts.identity_provider, self._parts.settings.lives
        page = render("landing", title="Value Loop", visitor=who, guests=self._guests, lives=lives, provider=provider)
        return HTMLResponse(page)

    def ask(self, token: str = "") -> Response:
        if not token or len(token) > _LONGEST_TOKEN:
            return _no_link()
        page = render("sign_in", title="Sign in", token=token, visitor=None, lives=self._parts.settings.lives)
        return HTMLResponse(page)

    def let_in(self, request: Request, token: Annotated[str, Form(max_length=_LONGEST_TOKEN)]) -> Response:
        def by_link(secret: str, device: str) -> Viewer:
            return sign_in(self._parts.store, token, secret, self._parts.now(), device, self._parts.settings.lives)

        return self._doorkeeper.let_in(request, by_link)

    def look(self, request: Request, guest: Annotated[str, Form(max_length=20)]) -> Response:
        chosen = next((g for g in self._guests if g.key == guest), None)
        if chosen is None:
            return HTMLResponse(message_page("There is nothing here", "This address leads nowhere."), 404)

        def as_guest(secret: str, device: str) -> Viewer:
            return sign_in_as(
                self._parts.store, chosen.email, secret, self._parts.now(), device, self._parts.settings.lives
            )

        return self._doorkeeper.let_in(request, as_guest, chosen.path)

    def let_out(self, held: Held) -> Response:
        if held:
            sign_out(self._parts.store, held)
        away = RedirectResponse("/", 303)
        HostCookie(self._parts.settings).remove(away)
        away.headers["clear-site-data"] = '"cache", "storage"'
        return away


def _no_link() -> Response:
    words = "A sign-in link is needed to come in. Ask the person who runs your round for one; each link works once."
    return HTMLResponse(message_page("There is no sign-in link here", words), 400)
