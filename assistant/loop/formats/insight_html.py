"""A leader's overview as HTML: the same body on the page of the app and in a file that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.domain.knowledge import Behaviour
from assistant.loop.formats import insight_picture, insight_words
from assistant.loop.formats.roll_up_json import rows
from assistant.loop.formats.template import beside, filled
from assistant.loop.insight import InsightView

STYLE = "insight.css"

LinkTo = Callable[[str], str | None]
"""Where the unit of a manager (e-mail) or their report can be opened; None where nowhere."""


def _nowhere(_: str) -> str | None:
    return None


def body(
    view: InsightView,
    behaviours: Mapping[str, Behaviour],
    unit_at: LinkTo = _nowhere,
    report_at: LinkTo = _nowhere,
) -> str:
    """Everything that is seen, as sections to be put into a page that holds :func:`style`."""
    return filled(
        "insight_body.html",
        seen=view.insight,
        names=view.names,
        behaviours=behaviours,
        words=insight_words,
        picture=insight_picture,
        lines=insight_picture.lines(view.insight),
        together=rows(view.insight.roll_up) if view.insight.roll_up else [],
        unit_at=unit_at,
        report_at=report_at,
    )


def style() -> str:
    """How the body looks, over the colours that are named ``--vl-...``."""
    return beside(STYLE)


def as_html(view: InsightView, behaviours: Mapping[str, Behaviour]) -> str:
    """A whole HTML file, to be printed or shown to others; nothing is loaded from anywhere."""
    title = insight_words.title_of(view.insight, view.names)
    return filled("insight.html", body=body(view, behaviours), style=style(), title=title)
