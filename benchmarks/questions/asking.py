"""The questions with what is right for each, and how an engine fares on them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from made_up_rounds import ADA, World
from right_answers import is_right, right_answer

from assistant.domain.access import person
from assistant.domain.inquiry import Answer, Change, Comparison, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import GAPS, FindingKind, Fundamental
from assistant.loop.questions import Understanding, ask, understood
from assistant.ports.store import Store

NOW = datetime(2026, 12, 1, tzinfo=UTC)
_KINDS = {
    "all": tuple(FindingKind),
    "gaps": tuple(kind for kind in FindingKind if kind in GAPS),
    "strengths": (FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH),
}


@dataclass(frozen=True)
class Asked:
    """A question, those it follows, and what is right: a query, or why it has to be refused.

    ``put`` says how a question that is held out is put: plainly, or in a manner of its own; of others it is empty.
    """

    question: str
    put: str
    after: tuple[str, ...]
    query: Query | None
    refused: str | None


@dataclass(frozen=True)
class Marked:
    """How one question went: whether the query was exactly right, and what was shown; None where that is not asked."""

    asked: Asked
    query: Query
    exact: bool | None
    answer_right: bool | None
    refused_right: bool | None
    citations_exist: bool


def questions(file: Path) -> tuple[Asked, ...]:
    """The questions of a file, one a line."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return tuple(
        Asked(
            one["ask"],
            one.get("put", ""),
            tuple(one.get("after", ())),
            _query(one["query"]) if "query" in one else None,
            one.get("refused"),
        )
        for one in lines
    )


def put(
    store: Store, engine: Understanding, world: World, behaviours: Mapping[str, Behaviour], every: tuple[Asked, ...]
) -> Iterator[Marked]:
    """Ask everything as Ada, each as the conversation it belongs to goes, and mark it."""
    known = {
        f"{key}/{manager}/{finding.id}"
        for (key, manager), report in world.reports.items()
        if not report.suppressed
        for finding in report.findings
    }
    for asked in every:
        before = None
        for earlier in asked.after:
            before = understood(store, engine, person(ADA), earlier, ADA, None, NOW, behaviours, before)
        answer = ask(store, engine, None, person(ADA), asked.question, ADA, None, NOW, behaviours, before)
        yield _marked(asked, answer, world, known)


def _marked(asked: Asked, answer: Answer, world: World, known: set[str]) -> Marked:
    query = answer.query or Query(Measure.UNCLEAR)
    cited = {id_ for sentence in answer.sentences for id_ in sentence.rests_on}
    cited |= {finding.id for finding in answer.findings}
    exist = all(id_ in known or f"{answer.round_key}/{id_}" in known for id_ in cited)
    if asked.query is None:
        return Marked(asked, query, None, None, answer.refused is not None and not cited, exist)
    right = is_right(answer, right_answer(asked.query, world))
    return Marked(asked, query, same(query, asked.query), right, None, exist)


def same(one: Query, other: Query) -> bool:
    """Whether two queries ask for the same; in what order they name things does not matter."""
    return _plain(one) == _plain(other)


def _plain(query: Query) -> tuple[Any, ...]:
    several = (query.managers, query.fundamentals, query.kinds, query.behaviours)
    single = (query.measure, query.with_below, query.rounds, query.comparison, query.change, query.order, query.why)
    return (*map(frozenset, several), *single)


def _query(said: Mapping[str, Any]) -> Query:
    kinds = said.get("kinds", ())
    return Query(
        Measure(said["measure"]),
        tuple(sorted(f"{name}@acme.example" for name in said.get("managers", ()))),
        tuple(map(Fundamental, said.get("fundamentals", ()))),
        _KINDS[kinds] if isinstance(kinds, str) else tuple(map(FindingKind, kinds)),
        tuple(said.get("behaviours", ())),
        said.get("with_below", False),
        tuple(said.get("rounds", ())),
        Comparison(said.get("comparison", "none")),
        Change(said.get("change", "any")),
        Order(said.get("order", "evidence")),
        said.get("why", False),
    )
