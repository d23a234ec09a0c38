"""Streams of results: whose each one is, and that it ends when its person is no longer signed in.

Gradio tells streams apart by a number that the browser makes up, and asks nobody whose it is.
"""

from __future__ import annotations

import json
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import Message, Send

_MOST_OF_ONE = 200
_LOOK_EVERY = 1.0
_HEARTBEAT = "/gradio_api/heartbeat/"


class Streams:
    """Remembers whose each number was first: of each person the latest 200."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._held: dict[str, OrderedDict[str, None]] = {}

    def belongs(self, number: str, email: str) -> bool:
        """Whether this number is the person's, or nobody's so far; then it is theirs from now on."""
        if self._owners.setdefault(number, email) != email:
            return False
        held = self._held.setdefault(email, OrderedDict())
        held[number] = None
        held.move_to_end(number)
        if len(held) > _MOST_OF_ONE:
            oldest, _ = held.popitem(last=False)
            del self._owners[oldest]
        return True


class WhileSignedIn:
    """Sends on what a stream carries as long as ``goes_on`` says so; it is asked once in ``every`` seconds at most."""

    def __init__(self, send: Send, goes_on: Callable[[], bool], every: float = _LOOK_EVERY) -> None:
        self._send = send
        self._goes_on = goes_on
        self._every = every
        self._looked = time.monotonic()
        self._has_ended = False

    async def __call__(self, message: Message) -> None:
        """Send on a part of the answer, or end the answer in its place."""
        if self._has_ended:
            return
        if message["type"] == "http.response.body" and time.monotonic() - self._looked >= self._every:
            self._looked = time.monotonic()
            if not await run_in_threadpool(self._goes_on):
                self._has_ended = True
                message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)


def number_in_address(request: Request) -> str | None:
    """The number of the stream that an address names, in its path or its query."""
    _, is_heartbeat, number = request.url.path.partition(_HEARTBEAT)
    if is_heartbeat:
        return number
    return parse_qs(request.url.query).get("session_hash", [None])[-1]


def read_call(body: bytes) -> dict[str, object] | None:
    """What a call sends, as a JSON object, empty where nothing is sent; None where it is anything else."""
    if not body:
        return {}
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return call if isinstance(call, dict) else None
