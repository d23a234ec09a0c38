"""What of reports answers leaders' questions, read without opening the reports themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, func, select, tuple_

from assistant.domain.inquiry import Evidence
from assistant.domain.report import Climate, Finding, FundamentalAlignment, Report, Suggestion
from assistant.domain.words import FindingKind, Fundamental
from assistant.stores.sql.tables import finding
from assistant.stores.sql.tables import report as table
from assistant.stores.sql.values import from_json, to_json

_KINDS = {kind.value: kind for kind in FindingKind}
_FUNDAMENTALS = {fundamental.value: fundamental for fundamental in Fundamental}


@dataclass(frozen=True, slots=True)
class _Title:
    """What a leader sees of a suggestion."""

    id: str
    title: str
    practice: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Figures:
    """What of a report is neither a column of its table nor a finding, and may be seen from above."""

    invited: int
    respondents: int | None
    reason: str | None
    fundamentals: tuple[FundamentalAlignment, ...]
    climate: Climate
    suggestions: tuple[_Title, ...]


def figures_at(round_key: str, manager: str) -> str:
    """The place for which the figures of a report are locked."""
    return f"figures/{round_key}/{manager}"


def figures_json(report: Report) -> str:
    """The figures of a report as they are kept."""
    titles = tuple(_Title(one.id, one.title, one.practice, one.findings) for one in report.suggestions)
    return to_json(
        _Figures(report.invited, report.respondents, report.reason, report.fundamentals, report.climate, titles)
    )


def reports_from_above(
    connection: Connection,
    round_key: str,
    granted: Collection[str],
    unseal: Callable[[str, str], str],
    evidence: Evidence,
) -> tuple[Report, ...]:
    """The reports of the granted managers as :func:`assistant.domain.report.from_above` leaves them, by manager.

    Of the findings only those that are ``evidence`` are read. ``unseal`` takes a place and what is locked for it.
    """
    findings: dict[str, list[Finding]] = defaultdict(list)
    if evidence.findings:
        wanted = and_(_of(finding, round_key, granted), *_narrowed(evidence))
        if evidence.one_each:
            first = select(finding.c.manager, func.min(finding.c.place)).where(wanted).group_by(finding.c.manager)
            wanted = and_(wanted, tuple_(finding.c.manager, finding.c.place).in_(first))
        for row in connection.execute(_FINDINGS.where(wanted).order_by(finding.c.place)):
            findings[row.manager].append(_finding(row))
    rows = connection.execute(_REPORTS.where(_of(table, round_key, granted)).order_by(table.c.manager))
    return tuple(
        _report(row, tuple(findings[row.manager]), unseal(figures_at(round_key, row.manager), row.figures))
        for row in rows
    )


_REPORTS = select(table.c.round_key, table.c.manager, table.c.engine, table.c.suppressed, table.c.figures)
_FINDINGS = select(
    finding.c.manager, finding.c.id, finding.c.kind, finding.c.fundamental, finding.c.behaviour, finding.c.text,
    finding.c.respondents, finding.c.confidence,
)  # fmt: skip


def _of(source: Table, round_key: str, granted: Collection[str]) -> ColumnElement[bool]:
    return and_(source.c.round_key == round_key, source.c.manager.in_(granted))


def _narrowed(evidence: Evidence) -> Iterator[ColumnElement[bool]]:
    """What a finding has to be to count; nothing where all do."""
    wanted = (
        (finding.c.kind, evidence.kinds),
        (finding.c.fundamental, evidence.fundamentals),
        (finding.c.behaviour, evidence.behaviours),
    )
    return (column.in_(map(str, values)) for column, values in wanted if values)


def _finding(row: Row[*tuple[Any, ...]]) -> Finding:
    _, id_, kind, fundamental, behaviour, text, respondents, confidence = row
    return Finding(id_, _KINDS[kind], _FUNDAMENTALS[fundamental], behaviour, text, (), respondents, confidence)


def _report(row: Row[*tuple[Any, ...]], findings: tuple[Finding, ...], figures: str) -> Report:
    kept = from_json(_Figures, figures)
    return Report(
        manager=row.manager,
        round_key=row.round_key,
        invited=kept.invited,
        respondents=kept.respondents,
        suppressed=row.suppressed,
        reason=kept.reason,
        engine=row.engine,
        fundamentals=kept.fundamentals,
        claims=(),
        findings=findings,
        climate=kept.climate,
        summary="",
        suggestions=tuple(Suggestion(t.id, t.title, t.practice, t.findings, "", "", "", "") for t in kept.suggestions),
    )
