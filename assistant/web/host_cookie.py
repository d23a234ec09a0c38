"""The cookies in which a browser keeps the secret of its session, or of an attempt to begin one."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.requests import HTTPConnection

from assistant.settings import Settings

SESSION = "value_loop_session"
LOGIN = "value_loop_login"


class HostCookie:
    """No script reads it, and no other site has it sent along.

    Behind TLS its name begins with `__Host-`: browsers then take it from this very host alone, so that no neighbour
    under the same domain can plant a secret of its own (RFC 6265bis, section 4.1.3.2).
    """

    def __init__(self, settings: Settings, name: str = SESSION) -> None:
        self._is_behind_tls = settings.is_behind_tls
        self.name = f"__Host-{name}" if settings.is_behind_tls else name

    def of(self, request: HTTPConnection) -> str | None:
        """The secret that a browser brings, if it brings one."""
        return request.cookies.get(self.name)

    def put(self, response: Response, secret: str, life: timedelta) -> None:
        """Have the browser keep a secret for at most this long."""
        response.set_cookie(
            self.name,
            secret,
            max_age=int(life.total_seconds()),
            path="/",
            httponly=True,
            samesite="lax",
            secure=self._is_behind_tls,
        )

    def remove(self, response: Response) -> None:
        """Have the browser forget it."""
        response.delete_cookie(self.name, path="/", httponly=True, samesite="lax", secure=self._is_behind_tls)


def _held(request: Request) -> str | None:
    cookie: HostCookie = request.app.state.session_cookie
    return cookie.of(request)


Held = Annotated[str | None, Depends(_held)]
