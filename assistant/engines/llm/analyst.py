"""Understanding a leader's question with a model: it picks from closed sets, and rules have the last word."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.llm.answers import Understood
from assistant.engines.llm.listing import as_line, listed
from assistant.engines.llm.model import Model
from assistant.inquiry.validity import valid

PROMPT = "understand-question"
NONE_BEFORE = "none"

GUARDED = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING})
"""What the rules see in a question stays so, whatever a model makes of it."""

Word = TypeVar("Word", bound=StrEnum)


class LlmAnalyst:
    """Asks the model what a question asks for. No e-mail goes out: managers have numbers there."""

    def __init__(self, model: Model, behaviours: Mapping[str, Behaviour]) -> None:
        self._model, self._behaviours = model, behaviours
        self._listed = listed(behaviours.values())

    def understand(self, question: str, askable: Askable, by_rules: Query) -> Query:
        """The query; ``by_rules`` is what the rules make of the question. Raises NoAnswer."""
        ids = {person.email: f"m{n}" for n, person in enumerate(askable.managers, 1)}
        understood = self._model.ask(
            PROMPT,
            Understood,
            behaviours=self._listed,
            rounds=", ".join(askable.rounds),
            managers="\n".join(as_line({"id": ids[p.email], "name": p.name, "team": p.team}) for p in askable.managers),
            before=_before(askable.before, ids),
            question=question,
        )
        named = tuple(email for email, id_ in ids.items() if id_ in understood.managers)
        return valid(checked(understood, named, by_rules), askable, self._behaviours)


def checked(understood: Understood, named: tuple[str, ...], by_rules: Query) -> Query:
    """A query of closed sets. Managers that the rules find by name stand; else those that the model names.

    Where the rules find it open who is meant, the model may not guess.
    """
    if by_rules.measure is Measure.UNCLEAR and by_rules.managers:
        return by_rules
    measure = _word(Measure, understood.measure, by_rules.measure)
    return Query(
        measure=by_rules.measure if by_rules.measure in GUARDED else measure,
        managers=by_rules.managers or named,
        fundamentals=tuple(f for f in Fundamental if f in understood.fundamentals),
        kinds=tuple(k for k in FindingKind if k in understood.kinds),
        behaviours=tuple(understood.behaviours),
        with_below=by_rules.with_below or understood.with_below,
        rounds=tuple(understood.rounds),
        comparison=_word(Comparison, understood.comparison, by_rules.comparison),
        change=_word(Change, understood.change, by_rules.change),
        order=_word(Order, understood.order, by_rules.order),
        why=understood.why,
    )


def _word(words: type[Word], said: str, instead: Word) -> Word:
    return words(said) if said in set(words) else instead


def _before(query: Query | None, ids: Mapping[str, str]) -> str:
    """The query before as a line, with the numbers of managers in place of their e-mails."""
    if query is None:
        return NONE_BEFORE
    several = {
        "managers": [ids[email] for email in query.managers if email in ids],
        "fundamentals": query.fundamentals,
        "kinds": query.kinds,
        "behaviours": query.behaviours,
        "rounds": query.rounds,
    }
    below = "yes" if query.with_below else "no"
    one = {"measure": query.measure.value, "with_below": below, "comparison": query.comparison.value}
    return as_line(one | {name: ", ".join(values) for name, values in several.items()})
