"""The web app, put together."""

from __future__ import annotations

import time
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from assistant.bootstrap import Parts
from assistant.domain.errors import OperatorError
from assistant.loop.example import Tour
from assistant.web.accounts import accounts
from assistant.web.commitments_page import commitments_page
from assistant.web.doorkeeper import Doorkeeper
from assistant.web.entrance import entrance
from assistant.web.fault import write_down
from assistant.web.gate import Gate
from assistant.web.headers import SafeHeaders
from assistant.web.host_cookie import HostCookie
from assistant.web.insight_page import insight_page
from assistant.web.intake import Intake
from assistant.web.looked import looked
from assistant.web.message import message_page
from assistant.web.readiness import readiness
from assistant.web.reminders_page import reminders_page
from assistant.web.report_file import report_file
from assistant.web.rooms import Rooms, make_rooms
from assistant.web.sessions_page import sessions_page
from assistant.web.settling import settling
from assistant.web.shift import OnShift, Shift
from assistant.web.watch import Watch, metrics_page


def build(parts: Parts, tour: Tour | None = None, shift: Shift | None = None) -> FastAPI:
    """The whole app: our own pages, and a Gradio app for each room behind the gate.

    ``tour`` is given in the demo, ``shift`` where the process is to end gently.
    """
    shift = shift or Shift(0, time.monotonic)
    rooms = Rooms(lambda: make_rooms(parts, tour.questions if tour else ()))
    app = FastAPI(lifespan=rooms.lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.session_cookie = HostCookie(parts.settings)
    app.add_middleware(Gate, rooms=rooms, parts=parts)
    app.add_middleware(OnShift, shift=shift)
    app.add_middleware(Intake, public_url=parts.settings.public_url, host=parts.settings.host)
    if parts.monitoring.is_wanted:
        app.add_middleware(Watch, telemetry=parts.monitoring.telemetry)
    app.add_middleware(SafeHeaders, public_url=parts.settings.public_url)
    static = str(resources.files("assistant.web") / "static")
    app.mount("/static", StaticFiles(directory=static), name="static")
    doorkeeper = Doorkeeper(parts)
    app.include_router(entrance(parts, tour, doorkeeper))
    app.include_router(readiness(parts, shift, lambda: rooms.are_made))
    app.include_router(metrics_page(parts, shift))
    app.include_router(accounts(parts, doorkeeper))
    app.include_router(sessions_page(parts))
    app.include_router(settling(parts))
    app.include_router(looked(parts))
    app.include_router(reminders_page(parts))
    app.include_router(commitments_page(parts))
    app.include_router(report_file(parts))
    app.include_router(insight_page(parts))
    app.add_api_route("/favicon.svg", lambda: _favicon(static), include_in_schema=False)
    app.add_api_route("/favicon.ico", lambda: _favicon(static), include_in_schema=False)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(OperatorError, _out_of_order)
    app.add_exception_handler(Exception, _our_fault)
    return app


def _favicon(static: str) -> Response:
    return FileResponse(f"{static}/favicon.svg", media_type="image/svg+xml")


def _not_found(_: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 404
    return HTMLResponse(message_page("There is nothing here", "This address leads nowhere, or not any more."), code)


def _not_understood(_: Request, __: Exception) -> Response:
    return HTMLResponse(
        message_page("That did not work", "Something was missing in what was sent. Go back and try again."), 400
    )


def _out_of_order(_: Request, error: Exception) -> Response:
    return HTMLResponse(message_page("Out of order for the moment", str(error)), 503)


def _our_fault(_: Request, error: Exception) -> Response:
    write_down("request_failed", error)
    return HTMLResponse(
        message_page("Something went wrong on our side", "Nothing you wrote is lost. Try again in a moment."), 500
    )
