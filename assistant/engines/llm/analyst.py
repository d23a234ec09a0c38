"""Understanding a leader's question with a model: it picks from closed sets, and rules have the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain.inquiry import Measure, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.llm.answers import Understood
from assistant.engines.llm.listing import as_line, listed
from assistant.engines.llm.model import Model

PROMPT = "understand-question"
MOST_BEHAVIOURS = 3

GUARDED = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING})
"""What the rules see in a question stays so, whatever a model makes of it."""

_BARE = frozenset({Measure.WHO_SAID_WHAT, Measure.PARTICIPATION, Measure.UNCLEAR})


class LlmAnalyst:
    """Asks the model what a question asks for. No e-mail goes out: managers have numbers there."""

    def __init__(self, model: Model, behaviours: Mapping[str, Behaviour]) -> None:
        self._model, self._behaviours = model, behaviours
        self._listed = listed(behaviours.values())

    def understand(self, question: str, managers: Sequence[Person], by_rules: Query) -> Query:
        """The query; ``by_rules`` is what the rules make of the question. Raises NoAnswer."""
        ids = {f"m{n}": person for n, person in enumerate(managers, 1)}
        lines = (as_line({"id": i, "name": p.name, "team": p.team}) for i, p in ids.items())
        understood = self._model.ask(
            PROMPT, Understood, behaviours=self._listed, managers="\n".join(lines), question=question
        )
        named = {ids[id_].email for id_ in understood.managers if id_ in ids}
        return checked(understood, tuple(p.email for p in managers if p.email in named), by_rules, self._behaviours)


def checked(
    understood: Understood, named: tuple[str, ...], by_rules: Query, behaviours: Mapping[str, Behaviour]
) -> Query:
    """A query of closed sets only. Managers that the rules find by name stand; else those that the model names."""
    measure = Measure(understood.measure) if understood.measure in set(Measure) else by_rules.measure
    if by_rules.measure in GUARDED:
        measure = by_rules.measure
    managers = by_rules.managers or named
    if measure in _BARE:
        return Query(measure, managers)
    fundamentals = tuple(f for f in Fundamental if f in understood.fundamentals)
    if measure is Measure.RANKING:
        return Query(measure, managers, fundamentals)
    about = tuple(dict.fromkeys(b for b in understood.behaviours if b in behaviours))[:MOST_BEHAVIOURS]
    if measure is Measure.CLIMATE:
        return Query(measure, managers, (), (), about)
    kinds = tuple(k for k in FindingKind if k in understood.kinds) if measure is Measure.FINDINGS else ()
    return Query(measure, managers, () if about else fundamentals, kinds, about)
