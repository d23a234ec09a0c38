"""Signing in with an account elsewhere: the way to the provider, and back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.access import Viewer
from assistant.domain.accounts import LOGIN_LIFE, Returned
from assistant.domain.attempts import Attempt
from assistant.domain.errors import NoProvider
from assistant.loop.accounts import begin_login, finish_login
from assistant.loop.attempts import count, too_many
from assistant.ports.identity_provider import IdentityProvider
from assistant.web.doorkeeper import Doorkeeper, address_of, wait_a_minute
from assistant.web.fault import write_down
from assistant.web.host_cookie import LOGIN, HostCookie
from assistant.web.message import message_page

PATH = "/sign-in/account"
Sent = Annotated[str, Query(max_length=4_000)]


def accounts(parts: Parts, doorkeeper: Doorkeeper) -> APIRouter:
    """The routes ``/sign-in/account`` and ``/sign-in/account/return``; none where no provider is set."""
    router = APIRouter(default_response_class=HTMLResponse)
    if parts.identity_provider is not None:
        door = _AccountsDoor(parts, parts.identity_provider, doorkeeper)
        router.get(PATH)(door.go)
        router.get(f"{PATH}/return")(door.come_back)
    return router


class _AccountsDoor:
    def __init__(self, parts: Parts, provider: IdentityProvider, doorkeeper: Doorkeeper) -> None:
        self._parts = parts
        self._provider = provider
        self._doorkeeper = doorkeeper
        self._cookie = HostCookie(parts.settings, LOGIN)

    def go(self, request: Request) -> Response:
        """Begin an attempt; it belongs to this browser, by a cookie of its own."""
        parts, address = self._parts, address_of(request)
        if too_many(parts.store, Attempt.BEGUN, address, parts.now()):
            return wait_a_minute()
        count(parts.store, Attempt.BEGUN, address, parts.now())
        secret = parts.new_secret()
        try:
            way = begin_login(parts.store, self._provider, secret, parts.now())
        except NoProvider as error:
            return self._out_of_order(error)
        away = RedirectResponse(way, 303)
        self._cookie.put(away, secret, LOGIN_LIFE)
        return away

    def come_back(
        self,
        request: Request,
        state: Sent = "",
        code: Sent = "",
        iss: Sent | None = None,
        error: Sent | None = None,
    ) -> Response:
        """End an attempt, whichever way it went."""
        returned, held = Returned(state, code, iss, error), self._cookie.of(request) or ""

        def by_account(secret: str, device: str) -> Viewer:
            parts = self._parts
            return finish_login(
                parts.store, self._provider, held, returned, secret, parts.now(), device, parts.settings.lives
            )

        try:
            answer = self._doorkeeper.let_in(request, by_account)
        except NoProvider as fault:
            answer = self._out_of_order(fault)
        self._cookie.remove(answer)
        return answer

    def _out_of_order(self, error: NoProvider) -> Response:
        """What to do meanwhile; what is wrong is for the operator, and doctor says it."""
        write_down("no_provider", error)
        words = (
            f"Signing in with {self._provider.name} does not work at the moment. Try again in a few minutes, or ask "
            "the person who runs your round for a sign-in link."
        )
        return HTMLResponse(message_page("Out of order for the moment", words), 503)
