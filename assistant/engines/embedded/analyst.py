"""Understanding a leader's question by its phrasing.

A question is data: it picks from a closed set of queries, and whatever orders it holds are not followed.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain.inquiry import Measure, Query
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.embedded.question_phrasings import (
    ABOUT_TEAMS,
    BELOW,
    FUNDAMENTALS,
    KINDS,
    MEASURES,
    OVERVIEW,
)
from assistant.inquiry.mentions import named, team_named

_WITHOUT_TOPIC = frozenset({Measure.WHO_SAID_WHAT, Measure.PARTICIPATION, Measure.UNCLEAR})


class EmbeddedAnalyst:
    """Reads a question by rules; ``behaviours_of`` names the behaviours in it, none where it is not sure."""

    def __init__(self, behaviours_of: Callable[[str], tuple[str, ...]]) -> None:
        self._behaviours_of = behaviours_of

    def understand(self, question: str, managers: tuple[Person, ...]) -> Query:
        """The query. ``managers`` carry as ``team`` the team that they lead; nobody else is ever named in a query."""
        text = " ".join(question.lower().replace("\u2019", "'").split())
        asked_about = _managers(question, text, managers)
        measure = _measure(text)
        if measure in _WITHOUT_TOPIC:
            return Query(measure, asked_about)
        if measure is Measure.RANKING:
            return Query(measure, asked_about, _fundamentals(text))
        behaviours = self._behaviours_of(question)
        fundamentals = () if behaviours else _fundamentals(text)
        if measure is Measure.CLIMATE:
            return Query(measure, asked_about, (), (), behaviours)
        if measure is not None:
            return Query(measure, asked_about, fundamentals, (), behaviours)
        kinds = _kinds(text)
        if not (kinds or behaviours or fundamentals) and OVERVIEW.search(text):
            kinds = tuple(FindingKind)
        if not (asked_about or behaviours or fundamentals or ABOUT_TEAMS.search(text)):
            return Query(Measure.UNCLEAR)
        return Query(Measure.FINDINGS, asked_about, fundamentals, kinds, behaviours)


def _measure(text: str) -> Measure | None:
    """What is asked for beyond findings, or None."""
    return next((measure for measure, pattern in MEASURES if pattern.search(text)), None)


def _kinds(text: str) -> tuple[FindingKind, ...]:
    found = next((kinds for kinds, pattern in KINDS if pattern.search(text)), frozenset())
    return tuple(kind for kind in FindingKind if kind in found)


def _fundamentals(text: str) -> tuple[Fundamental, ...]:
    return tuple(fundamental for fundamental, pattern in FUNDAMENTALS if pattern.search(text))


def _managers(question: str, text: str, managers: tuple[Person, ...]) -> tuple[str, ...]:
    """The e-mails of the managers named, by person or team; with those below them where the question says so."""
    persons = {person.email for person in named(question, managers)}
    found = persons | {person.email for person in managers if team_named(question, person.team)}
    if persons and BELOW.search(text):
        line = {person.email: person.manager_email for person in managers}
        found |= {email for email in line if persons & set(_above(email, line))}
    return tuple(person.email for person in managers if person.email in found)


def _above(email: str, line: dict[str, str | None]) -> list[str]:
    above: list[str] = []
    boss = line.get(email)
    while boss and boss not in above:
        above.append(boss)
        boss = line.get(boss)
    return above
