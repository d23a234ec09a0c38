"""Understanding a leader's question by its phrasing, and by what a trained reader makes of it.

A question is data: it picks from a closed set of queries, and whatever orders it holds are not followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from assistant.domain.inquiry import Askable, Comparison, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.engines.embedded.following import Heard, carried_on, follows
from assistant.engines.embedded.question_aims import Aim
from assistant.engines.embedded.question_phrasings import (
    ABOUT_TEAMS,
    BELOW,
    FUNDAMENTALS,
    KINDS,
    MEASURES,
    OVERVIEW,
    PHRASINGS,
)
from assistant.engines.embedded.question_reader import Guesses
from assistant.engines.embedded.question_rounds import When, when, without_rounds
from assistant.engines.embedded.question_signs import asked_part, signs, without_proper_names
from assistant.engines.embedded.question_topics import (
    IN_FULL,
    IN_PART,
    QuestionTopics,
    own_words,
    unaccounted_words,
    without_names,
)
from assistant.engines.embedded.question_turns import GROUPS, ORDERS, REST, WHY
from assistant.engines.embedded.question_verdict import DECLINED, carried, told
from assistant.inquiry.mentions import named, plain, team_named
from assistant.inquiry.validity import valid

_KIND_ALONE = re.compile(r"\bcredit (?:than|for)\b|\bcredit\W*$")
_EITHER_OR = re.compile(r"\bor\b")
_DIFFER = re.compile(r"\bdiffer\w*")
_OF_TEAMS = frozenset({Comparison.GROUPS, Comparison.REST})

_IN_GENERAL = frozenset({Measure.CLIMATE, Measure.ALIGNMENT, Measure.RANKING})
"""Measures for which a behaviour counts only where it is called by its name."""


class EmbeddedAnalyst:
    """Reads a question by rules and by a trained reader.

    ``reading_of`` says what the reader makes of a question without names, and of what rules recognise in it;
    ``behaviours`` are all that there are, by id.
    """

    def __init__(
        self, reading_of: Callable[[str, Collection[str]], Guesses], behaviours: Mapping[str, Behaviour]
    ) -> None:
        self._reading_of, self._behaviours = reading_of, behaviours
        self._topics = QuestionTopics(behaviours)

    def understand(self, question: str, askable: Askable) -> Query:
        """The query; nobody and nothing is ever named in it but what is ``askable``."""
        question = question.replace("\u2019", "'")
        managers = _managers(question, askable.managers)
        persons = [person for person in askable.managers if person.email in managers]
        asked = asked_part(question)
        text = _lower(asked)
        heard = self._heard(asked, persons, askable)
        declined = _measure(_lower(question))
        if declined in DECLINED:
            heard = replace(heard, measure=declined, kinds=())
        doubtful = _namesakes(question, persons)
        if doubtful and heard.measure is not Measure.WHO_SAID_WHAT:
            return Query(Measure.UNCLEAR, doubtful)
        if askable.before is not None and follows(text, heard):
            return valid(carried_on(askable.before, heard), askable, self._behaviours)
        return valid(_as_query(text, heard), askable, self._behaviours)

    def _heard(self, question: str, persons: Sequence[Person], askable: Askable) -> Heard:
        """What a question says: as rules hear it, and then as the reader has it."""
        time, text = when(_lower(question), askable.rounds), without_rounds(_lower(question))
        names = {name for p in persons for name in (p.name, *p.name.split(), p.email, p.team) if name}
        bare = without_names(_KIND_ALONE.sub(" ", text), names | set(map(plain, names)))
        heard = self._by_rules(text, bare, persons, time)
        nameless = without_proper_names(question, persons)
        reading = self._reading_of(nameless, signs(nameless, time, self._topics))
        is_accounted_for = not unaccounted_words(_without_keys(bare, askable.rounds), PHRASINGS)
        if askable.before is not None and follows(_lower(question), heard):
            return carried(heard, reading, is_accounted_for)
        return told(heard, reading, is_accounted_for, askable.rounds)

    def _by_rules(self, text: str, bare: str, persons: Sequence[Person], time: When) -> Heard:
        """What the words say; ``bare`` is the text without names."""
        measure, comparison = _measure(text), _comparison(text)
        if len(persons) > 1 and comparison is Comparison.NONE and _EITHER_OR.search(text):
            comparison = Comparison.GROUPS
        kinds = _kinds(_DIFFER.sub(" ", text) if comparison in _OF_TEAMS else text)
        if not (measure or kinds or time.rounds) and self._topics.says_missing(bare):
            kinds = Aim.GAPS.kinds
        behaviours = self._about(bare, measure)
        return Heard(
            measure=measure,
            managers=tuple(person.email for person in persons),
            with_below=bool(BELOW.search(text)),
            fundamentals=() if behaviours else _fundamentals(bare),
            kinds=kinds if measure is None else (),
            behaviours=behaviours,
            time=time,
            comparison=comparison,
            order=next((order for order, pattern in ORDERS if pattern.search(text)), None),
            why=bool(WHY.search(text)),
        )

    def _about(self, bare: str, measure: Measure | None) -> tuple[str, ...]:
        """The behaviour that is called by its name or as people call it, or that shares enough of its name."""
        words = own_words(bare)
        if in_full := self._topics.named(bare, words, IN_FULL):
            return in_full[:1]
        if measure in _IN_GENERAL:
            return ()
        return self._topics.called(bare) or self._topics.named(bare, words, IN_PART)[:1]


def _as_query(text: str, heard: Heard) -> Query:
    """A question that stands by itself."""
    measure, kinds = heard.measure or Measure.FINDINGS, heard.kinds
    comparison = heard.held_against
    if not kinds and not heard.has_topic and (heard.is_told or _is_general(text, heard)):
        kinds = tuple(FindingKind)
    if _are_only_named(heard, text):
        kinds, comparison = tuple(FindingKind), Comparison.GROUPS
    is_ours = heard.managers or heard.has_topic or heard.time.rounds or heard.order or ABOUT_TEAMS.search(text)
    if measure is Measure.UNCLEAR or (heard.measure is None and not (is_ours or kinds)):
        return Query(Measure.UNCLEAR)
    if measure is Measure.SUGGESTIONS and not (is_ours or heard.is_told) and unaccounted_words(text, PHRASINGS):
        return Query(Measure.UNCLEAR)  # a suggestion for something that is not known here
    return Query(
        measure, heard.managers, heard.fundamentals, kinds, heard.behaviours, heard.with_below, heard.time.rounds,
        comparison, heard.time.change, heard.order or Order.EVIDENCE, heard.why,
    )  # fmt: skip


def _is_general(text: str, heard: Heard) -> bool:
    """Whether everything that was found is meant, where no kind of finding is named."""
    is_compared = heard.managers and heard.comparison is not Comparison.NONE
    return bool(OVERVIEW.search(text) or is_compared or heard.time.rounds or heard.order)


def _are_only_named(heard: Heard, text: str) -> bool:
    """Whether several are named and nothing else is said, so that they are to be held against each other."""
    is_more = heard.measure or heard.has_topic or heard.kinds or heard.time.rounds or heard.why or heard.order
    return len(heard.managers) > 1 and not (is_more or heard.compares or OVERVIEW.search(text))


def _lower(text: str) -> str:
    return " ".join(text.lower().split())


def _without_keys(text: str, rounds: Sequence[str]) -> str:
    """A question in lower case without the rounds that it names."""
    return without_names(text, [part for key in rounds for part in (key, key.rpartition("-")[2])])


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
