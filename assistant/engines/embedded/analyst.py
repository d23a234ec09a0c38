"""Understanding a leader's question by its phrasing.

A question is data: it picks from a closed set of queries, and whatever orders it holds are not followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from assistant.domain.inquiry import Askable, Comparison, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.embedded.following import Heard, carried_on, follows
from assistant.engines.embedded.question_phrasings import (
    ABOUT_TEAMS,
    BELOW,
    FUNDAMENTALS,
    GROUPS,
    KINDS,
    MEASURES,
    ORDERS,
    OVERVIEW,
    PHRASINGS,
    REST,
    WHY,
)
from assistant.engines.embedded.question_rounds import When, when, without_rounds
from assistant.engines.embedded.question_topics import (
    IN_FULL,
    IN_PART,
    QuestionTopics,
    own_words,
    tells_of_something,
    without_names,
)
from assistant.inquiry.mentions import named, plain, team_named
from assistant.inquiry.validity import valid

_KIND_ALONE = re.compile(r"\bcredit (?:than|for)\b|\bcredit\W*$")
_DIFFER = re.compile(r"\bdiffer\w*")
_OF_TEAMS = frozenset({Comparison.GROUPS, Comparison.REST})

_IN_GENERAL = frozenset({Measure.CLIMATE, Measure.ALIGNMENT, Measure.RANKING})
"""Measures for which a behaviour counts only where it is called by its name."""


class EmbeddedAnalyst:
    """Reads a question by rules; ``behaviours_of`` names the behaviours in it, none where it is not sure.

    ``behaviours`` are all that there are, by id.
    """

    def __init__(self, behaviours_of: Callable[[str], tuple[str, ...]], behaviours: Mapping[str, Behaviour]) -> None:
        self._behaviours_of, self._behaviours = behaviours_of, behaviours
        self._topics = QuestionTopics(behaviours)

    def understand(self, question: str, askable: Askable) -> Query:
        """The query; nobody and nothing is ever named in it but what is ``askable``."""
        text = " ".join(question.lower().replace("\u2019", "'").split())
        managers = _managers(question, askable.managers)
        time = when(text, askable.rounds)
        persons = [person for person in askable.managers if person.email in managers]
        heard = self._heard(question, without_rounds(text), persons, time)
        doubtful = _namesakes(question, persons)
        if doubtful and heard.measure is not Measure.WHO_SAID_WHAT:
            return Query(Measure.UNCLEAR, doubtful)
        if askable.before is not None and follows(text, heard):
            return valid(carried_on(askable.before, heard), askable, self._behaviours)
        return valid(_as_query(text, heard), askable, self._behaviours)

    def _heard(self, question: str, text: str, persons: Sequence[Person], time: When) -> Heard:
        measure, comparison = _measure(text), _comparison(text)
        names = {name for p in persons for name in (p.name, *p.name.split(), p.email, p.team) if name}
        bare = without_names(_KIND_ALONE.sub(" ", text), names | set(map(plain, names)))
        behaviours = self._about(question, bare, measure, bool(persons))
        return Heard(
            measure=measure,
            managers=tuple(person.email for person in persons),
            with_below=bool(BELOW.search(text)),
            fundamentals=() if behaviours else _fundamentals(bare),
            kinds=_kinds(_DIFFER.sub(" ", text) if comparison in _OF_TEAMS else text) if measure is None else (),
            behaviours=behaviours,
            time=time,
            comparison=comparison,
            order=next((order for order, pattern in ORDERS if pattern.search(text)), None),
            why=bool(WHY.search(text)),
        )

    def _about(self, question: str, text: str, measure: Measure | None, names_somebody: bool) -> tuple[str, ...]:
        """The behaviour that is called by its name, else those that the model sees where no fundamental is named."""
        words = own_words(text)
        if called := self._topics.named(text, words, IN_FULL):
            return called[:1]
        is_ours = names_somebody or measure or ABOUT_TEAMS.search(text)
        if measure in _IN_GENERAL or not is_ours:
            return ()
        seen = self._behaviours_of(question) if tells_of_something(text, PHRASINGS) else ()
        return seen or self._topics.named(text, words, IN_PART)[:1]


def _as_query(text: str, heard: Heard) -> Query:
    """A question that stands by itself."""
    measure, kinds = heard.measure or Measure.FINDINGS, heard.kinds
    has_topic = bool(heard.behaviours or heard.fundamentals)
    is_compared = heard.managers and heard.comparison is not Comparison.NONE
    if not kinds and not has_topic and (OVERVIEW.search(text) or is_compared or heard.time.rounds):
        kinds = tuple(FindingKind)
    is_ours = heard.managers or has_topic or heard.time.rounds or ABOUT_TEAMS.search(text)
    if heard.measure is None and not is_ours:
        return Query(Measure.UNCLEAR)
    return Query(
        measure, heard.managers, heard.fundamentals, kinds, heard.behaviours, heard.with_below, heard.time.rounds,
        heard.held_against, heard.time.change, heard.order or Order.EVIDENCE, heard.why,
    )  # fmt: skip


def _measure(text: str) -> Measure | None:
    """What is asked for beyond findings, or None."""
    return next((measure for measure, pattern in MEASURES if pattern.search(text)), None)


def _kinds(text: str) -> tuple[FindingKind, ...]:
    found = next((kinds for kinds, pattern in KINDS if pattern.search(text)), frozenset())
    return tuple(kind for kind in FindingKind if kind in found)


def _fundamentals(text: str) -> tuple[Fundamental, ...]:
    return tuple(fundamental for fundamental, pattern in FUNDAMENTALS if pattern.search(text))


def _comparison(text: str) -> Comparison:
    if REST.search(text):
        return Comparison.REST
    return Comparison.GROUPS if GROUPS.search(text) else Comparison.NONE


def _managers(question: str, managers: tuple[Person, ...]) -> tuple[str, ...]:
    """The e-mails of the managers named, by person or by the team they lead."""
    persons = named(question, managers)
    for_certain = {person.email for person in managers if _for_certain(question, person)}
    settled = {person.first_name for person in persons if person.email in for_certain}
    found = for_certain | {person.email for person in persons if person.first_name not in settled}
    return tuple(person.email for person in managers if person.email in found)


def _namesakes(question: str, found: Sequence[Person]) -> tuple[str, ...]:
    """Those of the managers found who share a first name and are known by it alone: who is meant is open."""
    open_ = [person for person in found if not _for_certain(question, person)]
    often = Counter(person.first_name for person in open_)
    return tuple(person.email for person in open_ if often[person.first_name] > 1)


def _for_certain(question: str, person: Person) -> bool:
    """Whether somebody is named in full, or by the team they lead."""
    spoken = question.lower()
    return person.name.lower() in spoken or person.email in spoken or team_named(question, person.team)
