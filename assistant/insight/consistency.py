"""How alike teams are: how much they differ beyond what chance alone brings, and how sure that is.

A team's level rests on a handful of claims and people, so teams that are alike still look different: as far as a share
does that is drawn so often from what all teams have in common. What is left of the differences is the spread.

Sources: Paule & Mandel 1982, "Consensus values and weighting factors", for the spread; Viechtbauer 2007, "Confidence
intervals for the amount of heterogeneity in meta-analysis", for its interval (Q-profile); Wilson & Hilferty 1931, "The
distribution of chi-square", for the quantiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from assistant.domain.insight import Consistency, Level, Likeness
from assistant.domain.report import Report
from assistant.domain.words import Fundamental

FEWEST_TEAMS = 3
ALIKE_WITHIN = 0.15
"""Teams are alike where the spread is surely below this: two of three then stand within 15 points of the middle."""

_TAIL = 0.05
_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class _Team:
    """Where a team stands on a scale from 0 to 1, as the share of so many draws."""

    value: float
    draws: int


def consistency(reports: Sequence[Report]) -> tuple[Consistency, ...]:
    """How alike the teams of shown reports are in each fundamental, and in their trust climate."""
    backing = (_consistency(name, _backings(name, reports)) for name in Fundamental)
    return (*backing, _consistency(None, _climates(reports)))


def _consistency(name: Fundamental | None, teams: Sequence[_Team]) -> Consistency:
    tenths = [0] * 10
    for team in teams:
        tenths[min(9, int(10 * team.value))] += 1
    spread = _spread(teams) if len(teams) >= FEWEST_TEAMS else None
    return Consistency(name, len(teams), spread, _likeness(spread), tuple(tenths))


def _likeness(spread: Level | None) -> Likeness:
    if spread is None:
        return Likeness.TOO_LITTLE_EVIDENCE
    if spread.high <= ALIKE_WITHIN:
        return Likeness.ALIKE
    return Likeness.DIFFERENT if spread.low > 0 else Likeness.TOO_LITTLE_EVIDENCE


def _backings(name: Fundamental, reports: Sequence[Report]) -> list[_Team]:
    """A share rests on claims and on people, and is no surer than the fewer of them."""
    rows = [(report, row) for report in reports for row in report.fundamentals if row.name is name]
    return [
        _Team(row.alignment, min(row.confirmed + row.mixed + row.contested, report.respondents))
        for report, row in rows
        if row.alignment is not None and report.respondents
    ]


def _climates(reports: Sequence[Report]) -> list[_Team]:
    """Trust scores from -1 to 1, brought to a scale from 0 to 1."""
    return [
        _Team((report.climate.score + 1) / 2, report.respondents)
        for report in reports
        if report.climate.score is not None and report.respondents
    ]


def _spread(teams: Sequence[_Team]) -> Level:
    """The standard deviation between teams with its 90 % interval, which reaches at least as far as chance hides."""
    freedom = len(teams) - 1
    high = max(_solved(teams, chi_square(_TAIL, freedom)), _hidden(teams))
    return Level(
        round(_solved(teams, freedom), 2), round(_solved(teams, chi_square(1 - _TAIL, freedom)), 2), round(high, 2)
    )


def _hidden(teams: Sequence[_Team]) -> float:
    """A spread that so few draws cannot tell from none: the root of the standard error of its square.

    Without it, three teams of which one claim each is backed would be alike for sure.
    """
    common = _in_common(teams)
    by_chance = common * (1 - common) * sum(1 / team.draws for team in teams) / len(teams)
    return sqrt(by_chance * sqrt(2 / (len(teams) - 1)))


def _solved(teams: Sequence[_Team], wanted: float) -> float:
    """The spread (0 to 1) at which the weighted sum of squares is as large as wanted; 0 where it never is."""
    if _squares(teams, 0.0) <= wanted:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _squares(teams, middle) > wanted else (low, middle)
    return high


def _squares(teams: Sequence[_Team], spread: float) -> float:
    common = _in_common(teams)
    weights = [1 / (common * (1 - common) / team.draws + spread**2) for team in teams]
    mean = sum(w * team.value for w, team in zip(weights, teams, strict=True)) / sum(weights)
    return sum(w * (team.value - mean) ** 2 for w, team in zip(weights, teams, strict=True))


def _in_common(teams: Sequence[_Team]) -> float:
    """The share of all draws together, by Laplace's rule: never quite 0 or 1."""
    return (sum(team.draws * team.value for team in teams) + 1) / (sum(team.draws for team in teams) + 2)


def chi_square(share: float, freedom: int) -> float:
    """The quantile below which this share (0 to 1) of a chi-square distribution lies, to about a per cent."""
    step = 2 / (9 * freedom)
    return float(freedom * max(0.0, 1 - step + NormalDist().inv_cdf(share) * sqrt(step)) ** 3)
