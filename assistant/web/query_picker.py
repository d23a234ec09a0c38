"""How a question was read, to be changed by picking. What is picked is what a further question carries on from.

The pickers hold the query, so that nothing of a conversation is kept on the server, and the leader sees all of it.
What comes back from a browser is read leniently, and then checked like any other query.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import gradio as gr

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import FindingKind, Fundamental

MEASURES = {
    Measure.FINDINGS: "What stands out between managers and their teams",
    Measure.CLIMATE: "How safe people feel to speak up",
    Measure.ALIGNMENT: "How far managers and teams agree",
    Measure.PARTICIPATION: "How many people took part",
    Measure.SUGGESTIONS: "What would help",
}
COMPARISONS = {
    Comparison.NONE: "Nothing",
    Comparison.GROUPS: "The teams picked, with each other",
    Comparison.REST: "The teams picked, with all others",
    Comparison.ROUNDS: "The first round picked, with the last",
}
ORDERS = {
    Order.EVIDENCE: "What most people spoke to",
    Order.SPREAD: "What shows in the most teams",
    Order.SURENESS: "What is surest",
}
CHANGES = {Change.ANY: "All changes", Change.BETTER: "What got better", Change.WORSE: "What got worse"}

Word = TypeVar("Word", bound=StrEnum)


class QueryPicker:
    """The pickers as components, in the order in which handlers get their values."""

    def __init__(self, behaviours: Mapping[str, Behaviour]) -> None:
        self._topics = [(fundamental.title, fundamental.value) for fundamental in Fundamental]
        self._topics += [(one.doing.capitalize(), one.id) for one in behaviours.values()]

    def build(self) -> None:
        """Put the pickers where the context is open; they are empty until something was asked."""
        self._measure = gr.Dropdown(label="What is asked for", choices=_choices(MEASURES), value=None)
        self._managers = gr.Dropdown(label="Whose teams (none is all)", choices=[], multiselect=True)
        self._below = gr.Checkbox(label="With the teams below them", value=False)
        self._about = gr.Dropdown(label="About (none is everything)", choices=self._topics, multiselect=True)
        self._kinds = gr.Dropdown(
            label="Kinds of findings (none is all)", choices=[(k.title, k.value) for k in FindingKind], multiselect=True
        )
        self._rounds = gr.Dropdown(label="Rounds (none is the latest)", choices=[], multiselect=True)
        self._comparison = gr.Dropdown(label="Compared", choices=_choices(COMPARISONS), value=Comparison.NONE.value)
        self._change = gr.Dropdown(label="Between rounds", choices=_choices(CHANGES), value=Change.ANY.value)
        self._order = gr.Dropdown(label="What comes first", choices=_choices(ORDERS), value=Order.EVIDENCE.value)
        self._why = gr.Checkbox(label="With what teams say of the reasons", value=False)

    @property
    def components(self) -> list[Any]:
        """Everything that holds a part of the query."""
        return [
            self._measure, self._managers, self._below, self._about, self._kinds, self._rounds, self._comparison,
            self._change, self._order, self._why,
        ]  # fmt: skip

    def offer(self, askable: Askable) -> dict[Any, Any]:
        """What there is to pick from for somebody."""
        return {
            self._managers: gr.update(choices=[(_called(p.name, p.team), p.email) for p in askable.managers]),
            self._rounds: gr.update(choices=[*askable.rounds]),
        }

    def show(self, query: Query) -> dict[Any, Any]:
        """A query as it stands in the pickers."""
        measure = query.measure.value if query.measure in MEASURES else None
        kinds = [] if set(query.kinds) == set(FindingKind) else [kind.value for kind in query.kinds]
        return {
            self._measure: measure,
            self._managers: [*query.managers],
            self._below: query.with_below,
            self._about: [*(f.value for f in query.fundamentals), *query.behaviours],
            self._kinds: kinds,
            self._rounds: [*query.rounds],
            self._comparison: query.comparison.value,
            self._change: query.change.value,
            self._order: query.order.value,
            self._why: query.why,
        }


def picked(
    measure: Any,
    managers: Any,
    below: Any,
    about: Any,
    kinds: Any,
    rounds: Any,
    comparison: Any,
    change: Any,
    order: Any,
    why: Any,
) -> Query | None:
    """The query that the pickers hold, whatever a browser sends for them; None where nothing was asked yet."""
    what = _word(Measure, measure)
    if what not in MEASURES:
        return None
    topics = _texts(about)
    return Query(
        what,
        _texts(managers),
        tuple(fundamental for fundamental in Fundamental if fundamental.value in topics),
        tuple(kind for kind in FindingKind if kind.value in _texts(kinds)),
        tuple(topic for topic in topics if topic not in set(Fundamental)),
        below is True,
        _texts(rounds),
        _word(Comparison, comparison) or Comparison.NONE,
        _word(Change, change) or Change.ANY,
        _word(Order, order) or Order.EVIDENCE,
        why is True,
    )


def _called(name: str, team: str) -> str:
    return f"{team} ({name})" if team else name


def _choices(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(said, word.value) for word, said in words.items()]


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def _word(words: type[Word], value: Any) -> Word | None:
    return next((word for word in words if isinstance(value, str) and word.value == value), None)
