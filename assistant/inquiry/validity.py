"""A query as it may be carried out: from closed sets only, with nothing in it that its measure does not use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Query
from assistant.domain.words import FindingKind, Fundamental

MOST_BEHAVIOURS = 3

BARE = frozenset({Measure.WHO_SAID_WHAT, Measure.PARTICIPATION, Measure.UNCLEAR})
"""Measures without a topic."""

WITHOUT_ROUNDS = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING, Measure.UNCLEAR})
COMPARED = frozenset({Measure.FINDINGS, Measure.CLIMATE, Measure.ALIGNMENT, Measure.PARTICIPATION})

Item = TypeVar("Item")


def valid(query: Query, askable: Askable, behaviours: Collection[str]) -> Query:
    """The query with what there is, in the order of the sets it comes from.

    Whoever or whatever is not among ``askable`` and ``behaviours`` (ids) is left out, and so is a comparison that lacks
    one of its sides.
    """
    measure, has_topic = query.measure, query.measure not in BARE
    about = tuple(b for b in dict.fromkeys(query.behaviours) if b in behaviours)[:MOST_BEHAVIOURS]
    about = about if has_topic and measure is not Measure.RANKING else ()
    managers = _among([person.email for person in askable.managers], query.managers)
    rounds = () if measure in WITHOUT_ROUNDS else _among(askable.rounds, query.rounds)
    comparison = _comparison(query, managers)
    return replace(
        query,
        managers=managers,
        with_below=query.with_below and bool(managers),
        behaviours=about,
        fundamentals=_among(tuple(Fundamental), query.fundamentals) if _takes_fundamentals(measure, about) else (),
        kinds=_among(tuple(FindingKind), query.kinds) if measure is Measure.FINDINGS else (),
        rounds=rounds if comparison is Comparison.ROUNDS else rounds[-1:],
        comparison=comparison,
        change=query.change if comparison is Comparison.ROUNDS and measure is Measure.FINDINGS else Change.ANY,
        why=query.why and has_topic,
    )


def _takes_fundamentals(measure: Measure, behaviours: tuple[str, ...]) -> bool:
    """A behaviour stands in for its fundamental, and a climate is one of trust anyway."""
    return not behaviours and measure not in BARE and measure is not Measure.CLIMATE


def _comparison(query: Query, managers: tuple[str, ...]) -> Comparison:
    least = {Comparison.GROUPS: 2, Comparison.REST: 1}.get(query.comparison, 0)
    return query.comparison if query.measure in COMPARED and len(managers) >= least else Comparison.NONE


def _among(known: Sequence[Item], wanted: Iterable[Item]) -> tuple[Item, ...]:
    asked = set(wanted)
    return tuple(one for one in known if one in asked)
