"""A question that carries on from the one before: "And for Tomasz?", "What about trust there?"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.domain.inquiry import Comparison, Measure, Order, Query
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.embedded.question_rounds import When

SHORT = 3
"""A question of so few words carries on where it can."""

_CONNECTS = re.compile(
    r"^(?:and|but|also|so|ok(?:ay)?|now|then|only|just|what about|how about|the same|same|compared|versus)\b"
    r"|^(?:compare|put|set|hold|stack|line) (?:that|it|this|them|those)\b"
    r"|^why\b.{0,12}$|^(?:show|give|list)(?: me| us)? (?:only|just)\b"
)
_POINTS_BACK = re.compile(
    r"\bthere\b(?! (?:is|are|was|were|any|a|an)\b)(?<!is there)(?<!are there)"
    r"|\bones?\b(?! of)"
    r"|\b(?:about|of|for|with|in|has|have|is|did|was|were|does|do|help|support)"
    r" (?:that|this|it|them|those|these|him|her)\b(?! [a-z]+s\b)"
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a question says by itself; None and empty where it says nothing of the kind."""

    measure: Measure | None
    managers: tuple[str, ...]
    with_below: bool
    fundamentals: tuple[Fundamental, ...]
    kinds: tuple[FindingKind, ...]
    behaviours: tuple[str, ...]
    time: When
    comparison: Comparison
    order: Order | None
    why: bool
    is_told: bool = False
    """Whether it is known what it is after, also where that is its topic alone."""

    @property
    def compares(self) -> bool:
        """Whether it holds something against something."""
        return self.held_against is not Comparison.NONE

    @property
    def held_against(self) -> Comparison:
        """Rounds where it names several of them, else groups."""
        return self.time.comparison if self.time.comparison is not Comparison.NONE else self.comparison

    @property
    def has_topic(self) -> bool:
        """Whether it names what it is about."""
        return bool(self.fundamentals or self.behaviours)

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it to go by."""
        return bool(
            self.measure or self.managers or self.has_topic or self.kinds or self.time.rounds or self.compares
            or self.order or self.why
        )  # fmt: skip


def follows(text: str, heard: Heard) -> bool:
    """Whether a question in lower case carries on from the one before."""
    if heard.measure in {Measure.WHO_SAID_WHAT, Measure.RANKING}:
        return False
    is_bare = heard.says_something and not (heard.measure or heard.managers or heard.has_topic or heard.kinds)
    return bool(is_bare or _CONNECTS.search(text) or _POINTS_BACK.search(text)) or len(text.split()) <= SHORT


def carried_on(before: Query, heard: Heard) -> Query:
    """The earlier query with what is said anew in the place of what was said then."""
    if not heard.says_something:
        return Query(Measure.UNCLEAR)
    query = replace(
        before,
        measure=heard.measure or _measure(before, heard),
        order=heard.order or before.order,
        why=heard.why,
    )
    if heard.has_topic:
        query = replace(query, fundamentals=heard.fundamentals, behaviours=heard.behaviours)
    if heard.kinds:
        query = replace(query, kinds=heard.kinds)
    query = _with_managers(query, heard)
    query = _with_rounds(query, heard)
    bare = query.measure is Measure.FINDINGS and not (query.kinds or query.fundamentals or query.behaviours)
    return replace(query, kinds=tuple(FindingKind)) if bare else query


def _measure(before: Query, heard: Heard) -> Measure:
    """What is measured goes on, unless kinds of findings are named, or the one before measured nothing."""
    nothing = {Measure.WHO_SAID_WHAT, Measure.RANKING, Measure.UNCLEAR}
    return Measure.FINDINGS if heard.kinds or before.measure in nothing else before.measure


def _with_managers(query: Query, heard: Heard) -> Query:
    if not heard.managers:
        return replace(query, comparison=heard.comparison) if heard.comparison is not Comparison.NONE else query
    if heard.comparison is Comparison.GROUPS and len(heard.managers) == 1:
        both = (*query.managers, *heard.managers)
        below = query.with_below or heard.with_below
        return replace(query, managers=both, with_below=below, comparison=Comparison.GROUPS)
    ended = query.comparison in {Comparison.GROUPS, Comparison.REST}
    comparison = heard.comparison if ended or heard.comparison is not Comparison.NONE else query.comparison
    return replace(query, managers=heard.managers, with_below=heard.with_below, comparison=comparison)


def _with_rounds(query: Query, heard: Heard) -> Query:
    if not heard.time.rounds:
        return query
    if heard.time.comparison is Comparison.ROUNDS:
        compared = Comparison.ROUNDS
    else:
        compared = Comparison.NONE if query.comparison is Comparison.ROUNDS else query.comparison
    return replace(query, rounds=heard.time.rounds, comparison=compared, change=heard.time.change)
