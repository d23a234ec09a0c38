"""What every response carries, and which POST is let in: a plain ASGI middleware, so that streams stay streams."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SELF_ONLY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS = {
    "content-security-policy": _SELF_ONLY,
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-robots-tag": "noindex, nofollow",
}
_PART_OF_THE_APP = re.compile(
    r"/static/.*|/favicon\.(svg|ico)|/(manager|team|leader|admin)/((assets|static|svelte)/.*|(gradio_api/)?theme\.css)"
)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class SafeHeaders:
    """Adds the security headers, keeps pages out of caches, and refuses what another site sends in."""

    def __init__(self, app: ASGIApp, public_url: str | None) -> None:
        self._app = app
        self._public_host = urlsplit(public_url).netloc if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                headers["cache-control"] = _caching(path)
            await send(message)

        if scope["method"] not in _READING and self._is_foreign(Headers(scope=scope)):
            refusal = PlainTextResponse("This request came from another site and was not carried out.", 403)
            await refusal(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether another site sends this; a browser says so by one header or another, other programs by none."""
        origin = headers.get("origin") or headers.get("referer")
        if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return True
        if origin is None:
            return False
        return _host_of(origin) not in {headers.get("host"), self._public_host} - {None, ""}


def _host_of(address: str) -> str:
    """Host and port of an address; empty where it has none, as `null` that a browser sends to hide a site."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def is_same_for_all(path: str) -> bool:
    """Whether what lies there is part of the app itself and holds nobody's data."""
    return _PART_OF_THE_APP.fullmatch(path) is not None


def _caching(path: str) -> str:
    return "public, max-age=3600" if is_same_for_all(path) else "no-store"
