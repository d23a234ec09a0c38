"""A leader's overview: a page of our own, and the same as files to take away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.bootstrap import Parts
from assistant.domain.errors import Refused, Unknown, UserError
from assistant.domain.reading_log import Looked
from assistant.loop.formats import insight_html, insight_pdf, insight_rows, insight_words, report_html
from assistant.loop.insight import InsightView, Wanted, read_insight
from assistant.loop.reports import read_report
from assistant.web.host_cookie import Held
from assistant.web.message import message_page
from assistant.web.rendering import render
from assistant.web.visitor import INSIGHT, Visitor, visitor

_SIGN_LETTERS = 16
Key = Annotated[str, Query(alias="round", max_length=40)]
Sign = Annotated[str, Query(alias="unit", max_length=_SIGN_LETTERS)]


class Kind(StrEnum):
    """A file of the overview."""

    CSV = "csv"
    HTML = "html"
    PDF = "pdf"


_MEDIA = {Kind.CSV: "text/csv; charset=utf-8", Kind.HTML: "text/html; charset=utf-8", Kind.PDF: "application/pdf"}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick: what stands in the address, and what people read."""

    value: str
    title: str
    is_chosen: bool


def insight_page(parts: Parts) -> APIRouter:
    """The routes ``/insight``, ``/insight.csv``, ``.html`` and ``.pdf``, and ``/insight/report``."""
    router = APIRouter()
    page = _InsightPage(parts)
    router.get(INSIGHT)(page.show)
    router.get(f"{INSIGHT}.{{kind}}")(page.file)
    router.get(f"{INSIGHT}/report")(page.report)
    return router


class _InsightPage:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, held: Held, round_key: Key = "", unit: Sign = "") -> Response:
        return self._answer(held, round_key, unit, Looked.OVERVIEW, self._page)

    def file(self, kind: Kind, held: Held, round_key: Key = "", unit: Sign = "") -> Response:
        return self._answer(held, round_key, unit, Looked.OVERVIEW_FILE, lambda _, view: self._file(kind, view))

    def report(self, held: Held, round_key: Key, unit: Sign) -> Response:
        return self._tried(held, lambda who: self._shared_report(who, round_key, unit))

    def _answer(
        self,
        held: str | None,
        round_key: str,
        unit: str,
        looked: Looked,
        made_of: Callable[[Visitor, InsightView], Response],
    ) -> Response:
        """What whoever has signed in may see, made into an answer."""
        parts = self._parts

        def answer(who: Visitor) -> Response:
            wanted = Wanted(round_key or None, self._found(unit) if unit else None)
            return made_of(who, read_insight(parts.store, who.viewer, who.person.email, wanted, parts.now(), looked))

        return self._tried(held, answer)

    def _shared_report(self, who: Visitor, round_key: str, sign: str) -> Response:
        """A report as its manager shares it."""
        parts = self._parts
        report = read_report(parts.store, who.viewer, self._found(sign), round_key, parts.now())
        with parts.store.work() as work:
            names = {email: one.name for email, one in work.people.organisation().people.items()}
        return HTMLResponse(report_html.as_html(report, names, parts.knowledge))

    def _tried(self, held: str | None, answer: Callable[[Visitor], Response]) -> Response:
        """The answer to whoever has signed in; else why there is nothing to see."""
        who = visitor(self._parts, held)
        if who is None:
            return RedirectResponse("/", 303)
        try:
            return answer(who)
        except Refused as error:
            return HTMLResponse(message_page("This page is not yours to open", str(error), who), 403)
        except Unknown as error:
            return HTMLResponse(message_page("Nothing to see yet", str(error), who), 404)
        except UserError as error:
            return HTMLResponse(message_page("That could not be made", str(error), who), 409)

    def _found(self, sign: str) -> str:
        """Who it is that a sign stands for."""
        with self._parts.store.work() as work:
            people = work.people.organisation().people
        found = next((email for email in people if sign_of(email) == sign), None)
        if found is None:
            raise Unknown("The teams that this address stands for are not there any more.")
        return found

    def _page(self, who: Visitor, view: InsightView) -> Response:
        seen, behaviours = view.insight, self._parts.knowledge.behaviours
        return HTMLResponse(
            render(
                "insight",
                title=insight_words.TITLE,
                visitor=who,
                here=INSIGHT,
                view=view,
                seen=seen,
                above=[(_address(view, unit=email), view.names[email]) for email in view.above],
                rounds=[Choice(key, key, key == seen.round_key) for key in view.rounds],
                units=_units(view),
                files=[(f"{INSIGHT}.{kind}?{_query(view)}", kind.upper()) for kind in Kind],
                style=insight_html.style(),
                body=insight_html.body(
                    view,
                    behaviours,
                    lambda email: _address(view, unit=email),
                    lambda email: f"{INSIGHT}/report?{_query(view, email)}",
                ),
            )
        )

    def _file(self, kind: Kind, view: InsightView) -> Response:
        behaviours = self._parts.knowledge.behaviours
        content: bytes
        if kind is Kind.CSV:
            content = insight_rows.as_csv_file(view, behaviours)
        elif kind is Kind.HTML:
            content = insight_html.as_html(view, behaviours).encode()
        else:
            content = insight_pdf.as_pdf(view, behaviours, self._parts.settings.pdf_font)
        name = {"content-disposition": f'attachment; filename="value-loop-overview.{kind}"'}
        return Response(content, media_type=_MEDIA[kind], headers=name)


def sign_of(email: str) -> str:
    """What stands for a person in an address, so that no log of addresses tells who was looked at."""
    return sha256(email.encode()).hexdigest()[:_SIGN_LETTERS]


def _address(view: InsightView, unit: str) -> str:
    return f"{INSIGHT}?{_query(view, unit)}"


def _query(view: InsightView, unit: str | None = None) -> str:
    """The round that is seen, and a unit, the one that is seen where none is given."""
    shown = unit or view.insight.unit
    return urlencode({"round": view.insight.round_key} | ({} if shown == view.acting_for else {"unit": sign_of(shown)}))


def _units(view: InsightView) -> list[Choice]:
    """All teams, and the units below, each as deep as it stands in the reporting line."""
    seen = view.insight.unit
    below = [
        Choice(sign_of(p.manager), "\u2013 " * (p.depth + 1) + view.names[p.manager], p.manager == seen)
        for p in view.units
    ]
    return [Choice("", "All teams below you", seen == view.acting_for), *below]
