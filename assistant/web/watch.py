"""Requests as steps that are watched, and where a monitor reads the metrics."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.bootstrap import Parts
from assistant.ports.telemetry import Outcome, Telemetry
from assistant.web.shift import Shift
from assistant.web.steps import step_of

_FIRST_FAULT, _FIRST_REFUSAL = 500, 400


class Watch:
    """An ASGI middleware that watches each request that is work, by what kind it is and how it ended."""

    def __init__(self, app: ASGIApp, telemetry: Telemetry) -> None:
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        step = step_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if step is None:
            await self._app(scope, receive, send)
            return
        with self._telemetry.step(step) as ending:

            async def look(message: Message) -> None:
                if message["type"] == "http.response.start":
                    ending.outcome = _outcome(message["status"])
                await send(message)

            await self._app(scope, receive, look)


def metrics_page(parts: Parts, shift: Shift) -> APIRouter:
    """The route ``/metrics``, for whoever brings the token; none where no token is set."""
    router = APIRouter()
    metrics = parts.monitoring.metrics
    if metrics is None:
        return router

    def read(request: Request) -> Response:
        if not parts.monitoring.admits(request.headers.get("authorization", "")):
            return PlainTextResponse("The token is missing or wrong.\n", 401, {"www-authenticate": "Bearer"})
        return Response(metrics.as_text(shift.under_way, shift.is_ending), media_type=metrics.content_type)

    router.get("/metrics")(read)
    return router


def _outcome(status: int) -> Outcome:
    if status >= _FIRST_FAULT:
        return Outcome.FAILED
    return Outcome.REFUSED if status >= _FIRST_REFUSAL else Outcome.DONE
