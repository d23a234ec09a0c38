"""One's own report as a PDF, to take along; and whether the leaders above may read it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.errors import UserError
from assistant.loop.formats.report_pdf import as_pdf
from assistant.loop.reports import read_report, read_since, share_report
from assistant.web.host_cookie import Held
from assistant.web.message import message_page
from assistant.web.visitor import Visitor, visitor

Key = Annotated[str, Form(max_length=40)]


def report_file(parts: Parts) -> APIRouter:
    """The routes ``/report/ROUND.pdf`` and ``/report/sharing``."""
    router = APIRouter()

    @router.get("/report/{round_key}.pdf")
    def pdf(round_key: str, held: Held) -> Response:
        who = visitor(parts, held)
        if who is None:
            return RedirectResponse("/", 303)
        try:
            content = _pdf(parts, who, round_key)
        except UserError as error:
            return HTMLResponse(message_page("There is no PDF of that", str(error), who), 409)
        name = {"content-disposition": 'attachment; filename="value-loop-report.pdf"'}
        return Response(content, media_type="application/pdf", headers=name)

    @router.post("/report/sharing")
    def sharing(round_key: Key, shares: Annotated[bool, Form()], held: Held) -> Response:
        who = visitor(parts, held)
        if who is None:
            return RedirectResponse("/", 303)
        try:
            share_report(parts.store, who.viewer, round_key, shares)
        except UserError as error:
            return HTMLResponse(message_page("That could not be kept", str(error), who), 409)
        return RedirectResponse("/manager/report", 303)

    return router


def _pdf(parts: Parts, who: Visitor, round_key: str) -> bytes:
    report = read_report(parts.store, who.viewer, who.person.email, round_key, parts.now())
    since = read_since(parts.store, who.viewer, report, parts.now())
    with parts.store.work() as work:
        names = {person.email: person.name for person in work.people.organisation().people.values()}
    return as_pdf(report, names, parts.knowledge, since, parts.settings.pdf_font)
