"""A report as one standalone page: nothing is loaded from anywhere, everything is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.coaching.talk import guide as guide_to_talk
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import WORDS_DELETED, FundamentalAlignment, Report
from assistant.domain.trend import Since
from assistant.loop.formats import open_conversation, report_words, since_words, talk_words
from assistant.loop.formats.template import filled

_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a bar: what it stands for, where it begins and how wide it is, in percent of the picture."""

    meaning: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """The picture of one fundamental: the manager's bar, the team's beneath it, and the same in words."""

    title: str
    yours: Bar
    teams: tuple[Bar, ...]
    your_view: str
    team_view: str


def as_html(report: Report, names: Mapping[str, str], knowledge: Knowledge, since: Since | None = None) -> str:
    """The report as a whole HTML file. ``names`` gives display names by e-mail.

    ``since`` is what has changed since the report before, where there is one.
    """
    return filled(
        "report.html",
        report=report,
        name=names.get(report.manager, report.manager),
        names=names,
        practices=knowledge.practices,
        picture=[] if report.suppressed else bars(report.fundamentals),
        words=report_words,
        words_deleted=WORDS_DELETED,
        guide=open_conversation,
        since=since,
        since_words=since_words,
        behaviours=knowledge.behaviours,
        talk=guide_to_talk(report, knowledge.behaviours),
        talk_words=talk_words,
    )


def bars(rows: tuple[FundamentalAlignment, ...]) -> list[Bars]:
    """All fundamentals as bars on one scale; empty where the manager named nothing at all."""
    most = max((row.claims for row in rows), default=0)
    return [_bars(row, _FULL / most) for row in rows] if most else []


def _bars(row: FundamentalAlignment, scale: float) -> Bars:
    parts, start = [], 0.0
    for meaning in ("confirmed", "mixed", "contested", "unseen"):
        width = getattr(row, meaning) * scale
        if width:
            parts.append(Bar(meaning, round(start, 2), round(width, 2)))
        start += width
    return Bars(
        title=row.name.title,
        yours=Bar("yours", 0.0, round(row.claims * scale, 2)),
        teams=tuple(parts),
        your_view=report_words.your_view(row),
        team_view=report_words.team_view(row),
    )
