"""Levels over teams: how far they back what their managers say they do, and how their trust stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.comparison.uncertainty import wilson
from assistant.domain.insight import Backing, Level, TrustAcross
from assistant.domain.report import Climate, FundamentalAlignment, Report
from assistant.domain.words import GAPS, ClimateLevel, Fundamental
from assistant.inquiry.pooling import Estimate, pooled


def backing(reports: Sequence[Report]) -> tuple[Backing, ...]:
    """What teams say of what their managers claim, by fundamental; of several together, as :func:`backed` says."""
    rows, levels = _rows(reports), backed(reports)
    gaps = [finding.fundamental for report in reports for finding in report.findings if finding.kind in GAPS]
    return tuple(
        Backing(
            name,
            sum(row.confirmed for row in rows[name]),
            sum(row.mixed for row in rows[name]),
            sum(row.contested for row in rows[name]),
            sum(row.unseen for row in rows[name]),
            level_of(levels[name]),
            gaps.count(name),
        )
        for name in Fundamental
    )


def backed(reports: Iterable[Report]) -> dict[Fundamental, Estimate | None]:
    """The share of claims that teams back in each fundamental, each team by how many of its claims it spoke to."""
    return {name: pooled(_estimates(rows)) for name, rows in _rows(reports).items()}


def trust(reports: Iterable[Report]) -> Estimate | None:
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


def _estimates(rows: Iterable[FundamentalAlignment]) -> Iterator[Estimate]:
    """Teams by the wider of two intervals: over the people who spoke, and over the few claims that they spoke to.

    A manager claims other things in each round, so that a share of three claims moves a lot by itself.
    """
    for row in rows:
        if row.alignment is not None and row.interval is not None:
            spoken_to = row.confirmed + row.mixed + row.contested
            low, high = wilson(row.alignment, spoken_to)
            yield Estimate(row.alignment, min(low, row.interval[0]), max(high, row.interval[1]), spoken_to)


def _rows(reports: Iterable[Report]) -> dict[Fundamental, list[FundamentalAlignment]]:
    rows: dict[Fundamental, list[FundamentalAlignment]] = {name: [] for name in Fundamental}
    for report in reports:
        for row in report.fundamentals:
            rows[row.name].append(row)
    return rows
