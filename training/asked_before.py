"""The questions that rules were built from, as the reader of questions learns from them.

They are those of ``benchmarks/questions/development.jsonl``, with a right query each. What follows another question
is left out, and so is what is refused for a reason that is not in its words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "benchmarks" / "questions")]

from asking import Asked, questions
from made_up_rounds import world

from assistant.domain.inquiry import Comparison, Measure, Order, Query
from assistant.domain.organisation import Organisation, Person
from assistant.engines.embedded.question_aims import Aim
from assistant.engines.embedded.question_reader import NONE
from assistant.engines.embedded.question_signs import without_proper_names
from assistant.inquiry.mentions import led_team, named, team_named
from assistant.stores.knowledge_files import load_knowledge

FILE = REPOSITORY / "benchmarks" / "questions" / "development.jsonl"


def asked_before() -> tuple[tuple[str, dict[str, str]], ...]:
    """Each question once, without names, and the value of each of its parts that its query tells."""
    known, texts = managers(), {}
    for asked in questions(FILE):
        if (query := _right(asked)) is not None:
            text = _nameless(asked.question, known)
            texts.setdefault(text.lower(), (text, values(query)))
    return tuple(texts.values())


def values(query: Query) -> dict[str, str]:
    """The parts of a query as the reader tells them; several behaviours or fundamentals are none that it could tell."""
    told = {
        "aim": aim(query).value,
        "comparison": query.comparison.value,
        "order": NONE if query.order is Order.EVIDENCE else query.order.value,
        "why": "yes" if query.why else NONE,
    }
    for part, said in (("behaviour", query.behaviours), ("fundamental", query.fundamentals)):
        if len(said) <= 1:
            told[part] = str(said[0]) if said else NONE
    if query.comparison is not Comparison.ROUNDS:
        told["change"] = NONE
    elif query.measure is Measure.FINDINGS:
        told["change"] = query.change.value
    return told


def aim(query: Query) -> Aim:
    """What a query is after, in one word."""
    after = (query.measure, ()) if query.measure is not Measure.FINDINGS else (None, query.kinds)
    return next(one for one in Aim if (one.measure, one.kinds) == after)


def _right(asked: Asked) -> Query | None:
    """The right query, or None where the words of a question do not tell it."""
    if asked.after:
        return None
    if asked.query is None:
        return Query(Measure.WHO_SAID_WHAT) if asked.refused == Measure.WHO_SAID_WHAT else None
    is_open = asked.query.measure is Measure.UNCLEAR and asked.query.managers
    return None if is_open else asked.query


def managers() -> tuple[Person, ...]:
    """Those of the organisation that the questions are about, each with the team they lead."""
    organisation = Organisation.of(world(load_knowledge(REPOSITORY / "knowledge").behaviours).people)
    every = (replace(person, team=led_team(organisation, person.email)) for person in organisation.people.values())
    return tuple(person for person in every if person.team)


def _nameless(question: str, managers: tuple[Person, ...]) -> str:
    return without_proper_names(question, _named(question, managers))


def _named(question: str, managers: tuple[Person, ...]) -> Iterator[Person]:
    by_name = set(named(question, managers))
    return (person for person in managers if person in by_name or team_named(question, person.team))
