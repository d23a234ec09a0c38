"""What is taken in at all, before anybody asks who sends it: for which host, to which path, how much and how fast."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.domain.accounts import is_loopback
from assistant.web.visitor import ROOMS

FOR_MACHINES = frozenset({"/healthz", "/readyz", "/metrics"})
"""What proxies and monitors ask for, under whatever name they know a machine by; nothing of people is there."""
LARGEST_FORM = 64_000
LARGEST_CALL = 8_000_000
BODY_SECONDS = 30.0
# Segments that lead upwards, what some file systems take for a separator, and what is still encoded when it arrives.
_ODD_PATH = re.compile(r"(^|/)\.{1,2}(/|$)|[\\%\x00-\x1f\x7f]|//")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?", re.IGNORECASE)
_BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


class TooMuch(Exception):
    """A body is larger than it may be, or does not come to its end."""


class Intake:
    """Refuses other hosts' names, odd paths, packed bodies, and forms that are too large.

    A name that another site has pointed at this machine is not one of ours; so a page of that site, which the browser
    takes for part of it, reaches nothing here. An address of numbers cannot be pointed anywhere.
    """

    def __init__(self, app: ASGIApp, public_url: str | None, host: str) -> None:
        self._app = app
        self._names = {host.lower(), (urlsplit(public_url).hostname or "") if public_url else ""} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its form read to the end, or refuse it in words."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers, scope["path"])
        if refusal is None and scope["method"] not in _BODILESS and not scope["path"].startswith(ROOMS):
            try:
                receive = again(await body_of(headers, receive, LARGEST_FORM), receive)
            except TooMuch as error:
                refusal = too_much(error)
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, headers: Headers, path: str) -> PlainTextResponse | None:
        if path not in FOR_MACHINES and not self._is_ours(headers.get("host", "")):
            words = "This address is not known here. If people are to use it, set VALUE_LOOP_PUBLIC_URL to it."
            return PlainTextResponse(words, 400)
        if _ODD_PATH.search(path):
            return PlainTextResponse("This address leads nowhere.", 404)
        if headers.get("content-encoding", "identity") != "identity":
            return PlainTextResponse("What is sent here must not be compressed.", 415)
        return None

    def _is_ours(self, host: str) -> bool:
        read = _HOST.fullmatch(host)
        if read is None:
            return False
        name = read["name"].lower().strip("[]")
        return name in self._names or is_loopback(name) or _is_numbers(name)


async def body_of(headers: Headers, receive: Receive, most: int) -> bytes:
    """The whole body of a request, at most ``most`` bytes of it; raises TooMuch."""
    if int(headers.get("content-length", "0")) > most:
        raise TooMuch(_more_than(most))
    received = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise TooMuch("What was sent broke off.")
                received += message.get("body", b"")
                if len(received) > most:
                    raise TooMuch(_more_than(most))
                if not message.get("more_body", False):
                    return bytes(received)
    except TimeoutError:
        raise TooMuch("What was sent did not come to its end in time. Send it again.") from None


def again(body: bytes, receive: Receive) -> Receive:
    """Gives out a body that has been read, and then whatever comes after it."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def too_much(error: TooMuch) -> PlainTextResponse:
    """The refusal of a body; the connection ends with it, as the rest is not read."""
    return PlainTextResponse(str(error), 413, {"connection": "close"})


def _more_than(most: int) -> str:
    return f"What was sent is more than {most:,} bytes, which is the most that is taken here. Send less at once."


def _is_numbers(name: str) -> bool:
    return ":" in name or re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", name) is not None
