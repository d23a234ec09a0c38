"""Understanding a leader's question by its phrasing.

A question is data: it picks from a closed set of queries, and whatever orders it holds are not followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

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
    OPENING,
    ORDERS,
    OVERVIEW,
    PHRASINGS,
    REST,
    WHY,
)
from assistant.engines.embedded.question_rounds import When, when, without_rounds
from assistant.engines.embedded.question_topics import (
    ENOUGH_FOR_MODEL,
    IN_FULL,
    IN_PART,
    QuestionTopics,
    own_words,
    unaccounted_words,
    wants_something,
    without_names,
)
from assistant.inquiry.mentions import named, plain, team_named
from assistant.inquiry.validity import valid

_TOO_SHORT = 2
_KIND_ALONE = re.compile(r"\bcredit (?:than|for)\b|\bcredit\W*$")
_DIFFER = re.compile(r"\bdiffer\w*")
_DECLINED = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING})
_POINTS = re.compile(r"\b(?:her|his|their|its?|that|this|there|them|they|she|he)\b", re.IGNORECASE)
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
        question = question.replace("\u2019", "'")
        managers = _managers(question, askable.managers)
        persons = [person for person in askable.managers if person.email in managers]
        asked = asked_part(question)
        text = _lower(asked)
        heard = self._heard(asked, without_rounds(text), persons, when(text, askable.rounds))
        declined = _measure(_lower(question))
        if declined in _DECLINED:
            heard = replace(heard, measure=declined, kinds=())
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
        return self._seen(question, text) or self._topics.named(text, words, IN_PART)[:1]

    def _seen(self, question: str, text: str) -> tuple[str, ...]:
        """What the model sees in a question; in one word, only where it does not see something else in the question."""
        own = unaccounted_words(text, PHRASINGS)
        if len(own) >= ENOUGH_FOR_MODEL or wants_something(text):
            return self._behaviours_of(question)
        if not own:
            return ()
        in_word, in_question = self._behaviours_of(own[0]), self._behaviours_of(question)
        return tuple(one for one in in_word if one in in_question or not in_question)


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
    if heard.measure is Measure.SUGGESTIONS and not is_ours and unaccounted_words(text, PHRASINGS):
        return Query(Measure.UNCLEAR)  # a suggestion for something that is not known here
    return Query(
        measure, heard.managers, heard.fundamentals, kinds, heard.behaviours, heard.with_below, heard.time.rounds,
        heard.held_against, heard.time.change, heard.order or Order.EVIDENCE, heard.why,
    )  # fmt: skip


def asked_part(question: str) -> str:
    """What is asked, without what leads up to it: an opening, or sentences that only say why somebody asks.

    They stay where the question points back to them, or is no more than a word or two.
    """
    sentences = re.split(r"(?<=[.!?])\s+", question.strip())
    asking = " ".join(sentence for sentence in sentences if sentence.endswith("?"))
    is_whole = len(asking.split()) > _TOO_SHORT and not _POINTS.search(asking)
    return OPENING.sub("", asking if is_whole else question.strip())


def _lower(text: str) -> str:
    return " ".join(text.lower().split())


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
