"""How levels have gone from round to round; with few voices that mostly cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from assistant.domain.insight import Moment
from assistant.domain.report import Report
from assistant.domain.trend import Direction
from assistant.domain.words import Fundamental
from assistant.inquiry.pooling import Estimate, differ
from assistant.insight.levels import backed, level_of, trust

MOST_ROUNDS = 8

Figures = Sequence[Report]


def course(rounds: Iterable[tuple[str, Figures]]) -> tuple[Moment, ...]:
    """The rounds by key, the oldest first, each with the figures of its reports."""
    shown = [(key, [one for one in figures if not one.suppressed]) for key, figures in rounds]
    return tuple(_moment(key, now, before) for (_, before), (key, now) in pairwise([("", []), *shown]))


def _moment(key: str, now: Figures, before: Figures) -> Moment:
    same = _same_teams(now, before)
    then, since = _only(before, same), _only(now, same)
    backing, then_backed, since_backed = backed(now), backed(then), backed(since)
    return Moment(
        round_key=key,
        teams=len(now),
        respondents=sum(one.respondents or 0 for one in now),
        invited=sum(one.invited for one in now),
        backing=tuple((name, level_of(backing[name])) for name in Fundamental),
        trust=level_of(trust(now)),
        same_teams=len(same),
        backing_moved=tuple((name, _moved(then_backed[name], since_backed[name])) for name in Fundamental),
        trust_moved=_moved(trust(then), trust(since)),
    )


def _same_teams(now: Figures, before: Figures) -> frozenset[str]:
    """The managers shown in both rounds; where another engine has read, it may be that which differs."""
    engines = {one.manager: one.engine for one in before}
    return frozenset(one.manager for one in now if engines.get(one.manager) == one.engine)


def _only(figures: Figures, managers: Collection[str]) -> Figures:
    return [one for one in figures if one.manager in managers]


def _moved(before: Estimate | None, now: Estimate | None) -> Direction:
    if before is None or now is None or not differ(before, now):
        return Direction.TOO_EARLY
    return Direction.UP if now.value > before.value else Direction.DOWN
