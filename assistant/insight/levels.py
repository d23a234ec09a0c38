"""Levels over teams: how far they back what their managers say they do, and how their trust stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.domain.insight import Backing, Level, ReportFigures, TrustAcross
from assistant.domain.report import Climate, FundamentalAlignment, Report
from assistant.domain.words import GAPS, ClimateLevel, Fundamental
from assistant.inquiry.pooling import Estimate, pooled


def backing(report: Report) -> tuple[Backing, ...]:
    """What one team says of what its manager claims, by fundamental."""
    return tuple(_backing(name, (report,)) for name in Fundamental)


def backing_together(reports: Sequence[Report]) -> tuple[Backing, ...]:
    """The same over all teams, each counting by how many claims it spoke to."""
    return tuple(_backing(name, reports) for name in Fundamental)


def backed(name: Fundamental, reports: Iterable[Report | ReportFigures]) -> Estimate | None:
    """The share of claims that teams back in a fundamental, each team by how many of its claims it spoke to."""
    return pooled(
        Estimate(row.alignment, *row.interval, row.confirmed + row.mixed + row.contested)
        for row in _rows(name, reports)
        if row.alignment is not None and row.interval is not None
    )


def trust(reports: Iterable[Report | ReportFigures]) -> Estimate | None:
    """The mean of the teams' trust scores, each team counting the same."""
    climates: Iterable[Climate] = (report.climate for report in reports)
    return pooled(Estimate(one.score, *one.interval) for one in climates if one.score is not None and one.interval)


def trust_across(reports: Sequence[Report]) -> TrustAcross:
    """How many teams have which climate, and their mean score."""
    levels = [report.climate.level for report in reports]
    return TrustAcross(tuple((level, levels.count(level)) for level in ClimateLevel), level_of(trust(reports)))


def level_of(estimate: Estimate | None) -> Level | None:
    """An estimate as it is shown, to two decimals."""
    if estimate is None:
        return None
    return Level(round(estimate.value, 2), round(estimate.low, 2), round(estimate.high, 2))


def _backing(name: Fundamental, reports: Sequence[Report]) -> Backing:
    rows = list(_rows(name, reports))
    return Backing(
        name,
        sum(row.confirmed for row in rows),
        sum(row.mixed for row in rows),
        sum(row.contested for row in rows),
        sum(row.unseen for row in rows),
        level_of(backed(name, reports)),
        sum(f.fundamental is name and f.kind in GAPS for report in reports for f in report.findings),
    )


def _rows(name: Fundamental, reports: Iterable[Report | ReportFigures]) -> Iterable[FundamentalAlignment]:
    return (row for report in reports for row in report.fundamentals if row.name is name)
