"""A report as JSON: keys, order and rounding are an outside contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.domain.authorship import Author
from assistant.domain.report import Claim, Climate, Finding, FundamentalAlignment, NamedStatement, Report, Suggestion
from assistant.domain.trend import Echo, Since

DIGITS = 3


def as_json(report: Report, since: Since | None = None) -> dict[str, Any]:
    """The report as plain values; numbers have at most three decimals, keys beyond the contract come last.

    ``since`` is what has changed since the report before, where there is one.
    """
    return {
        "manager": report.manager,
        "round": report.round_key,
        "invited": report.invited,
        "respondents": report.respondents,
        "suppressed": report.suppressed,
        "reason": report.reason,
        "engine": report.engine,
        "fundamentals": [_fundamental(row) for row in report.fundamentals],
        "claims": [_claim(claim) for claim in report.claims],
        "findings": [_finding(finding) for finding in report.findings],
        "climate": _climate(report.climate),
        "summary": report.summary,
        "suggestions": [_suggestion(made) for made in report.suggestions],
        "unsure": report.unsure,
        "read_by": {"reflections": list(report.read_by.reflections), "feedback": list(report.read_by.feedback)},
        "written_by": {
            "readings": _author(report.to_read),
            "findings": {one.id: _author(one.written_by) for one in report.findings},
            "summary": _author(report.summary_by),
            "suggestions": {one.id: _author(one.written_by) for one in report.suggestions},
        },
        "named": [_named(one) for one in report.named],
        "commitments": [_echo(one) for one in report.echoes],
        "since": _since(since) if since else None,
    }


def _echo(one: Echo) -> dict[str, Any]:
    return {
        "id": one.commitment,
        "behaviour": one.behaviour,
        "fundamental": one.fundamental.value,
        "noticed": one.noticed.value,
        "respondents": one.respondents,
    }


def _since(since: Since) -> dict[str, Any]:
    return {
        "round": since.round_key,
        "same_engine": since.same_engine,
        "fundamentals": [
            {
                "name": one.name.value,
                "before": _number(one.before),
                "now": _number(one.now),
                "interval": _interval(one.interval),
                "direction": one.direction.value,
            }
            for one in since.fundamentals
        ],
        "topics": [
            {
                "behaviour": one.behaviour,
                "before": one.before.value,
                "now": one.now.value,
                "direction": one.direction.value,
            }
            for one in since.topics
        ],
    }


def _named(one: NamedStatement) -> dict[str, Any]:
    return {
        "id": one.id,
        "author": one.author,
        "text": one.text,
        "fundamental": one.fundamental.value,
        "behaviour": one.behaviour,
        "stance": one.stance.value,
    }


def _suggestion(made: Suggestion) -> dict[str, Any]:
    values = asdict(made) | {"findings": list(made.findings)}
    del values["written_by"]
    return values


def _author(author: Author | None) -> dict[str, Any] | None:
    """Who wrote a part; None in reports from before that was kept."""
    return None if author is None else asdict(author)


def _fundamental(row: FundamentalAlignment) -> dict[str, Any]:
    return {
        "name": row.name.value,
        "claims": row.claims,
        "confirmed": row.confirmed,
        "mixed": row.mixed,
        "contested": row.contested,
        "unseen": row.unseen,
        "alignment": _number(row.alignment),
        "interval": _interval(row.interval),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "text": claim.text,
        "about": claim.about,
        "fundamental": claim.fundamental.value,
        "stance": claim.stance.value,
        "alignment": claim.alignment.value if claim.alignment else None,
        "support": claim.support,
        "oppose": claim.oppose,
        "source": asdict(claim.source),
        "behaviour": claim.behaviour,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "fundamental": finding.fundamental.value,
        "text": finding.text,
        "claims": list(finding.claims),
        "respondents": finding.respondents,
        "confidence": round(finding.confidence, DIGITS),
        "behaviour": finding.behaviour,
    }


def _climate(climate: Climate) -> dict[str, Any]:
    return {
        "level": climate.level.value,
        "score": _number(climate.score),
        "interval": _interval(climate.interval),
        "signals": [{"signal": s.signal.value, "respondents": s.respondents} for s in climate.signals],
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _interval(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else [round(end, DIGITS) for end in interval]
