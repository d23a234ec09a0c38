"""The shift of one process: what is under way in it, and whether it still takes on anything new."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.ports.telemetry import Step
from assistant.web.steps import step_of

LINGER_SECONDS = 0.5
_SOON = "5"


class Shift:
    """Counts what is under way; once it is to end, it is over when nothing is, or its time is up.

    It lingers for a moment after the last, as a page asks for an answer in two requests: one that puts its question,
    and one over which the answer comes. Times are in seconds of the clock that is given.
    """

    def __init__(self, longest: float, clock: Callable[[], float]) -> None:
        self._longest = longest
        self._clock = clock
        self._lock = Lock()
        self._under_way = 0
        self._quiet_since = clock()
        self._ends_since: float | None = None

    @property
    def is_ending(self) -> bool:
        """Whether nothing new is taken on."""
        return self._ends_since is not None

    @property
    def under_way(self) -> int:
        """How many requests and answers are under way."""
        return self._under_way

    def end(self) -> None:
        """Take on nothing new from now on."""
        if self._ends_since is None:
            self._ends_since = self._clock()

    @property
    def is_over(self) -> bool:
        """Whether it was to end, and what was under way has, or has had its time."""
        if self._ends_since is None:
            return False
        now = self._clock()
        with self._lock:
            is_quiet = self._under_way == 0 and now - max(self._quiet_since, self._ends_since) >= LINGER_SECONDS
        return is_quiet or now - self._ends_since >= self._longest

    def __enter__(self) -> None:
        """Something has begun."""
        with self._lock:
            self._under_way += 1

    def __exit__(self, *_: object) -> None:
        """It has ended."""
        with self._lock:
            self._under_way -= 1
            self._quiet_since = self._clock()


class OnShift:
    """An ASGI middleware that counts what is under way, and refuses questions that come when the shift is ending."""

    def __init__(self, app: ASGIApp, shift: Shift) -> None:
        self._app = app
        self._shift = shift

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it kindly."""
        step = step_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if step is None:
            await self._app(scope, receive, send)
        elif step is Step.QUESTION and self._shift.is_ending:
            await _restarting()(scope, receive, send)
        else:
            with self._shift:
                await self._app(scope, receive, send)


def _restarting() -> JSONResponse:
    """The page tells by the header that nothing is wrong, and that what is typed was not taken."""
    return JSONResponse({"detail": "The app is being restarted. Try again in a moment."}, 503, {"retry-after": _SOON})
