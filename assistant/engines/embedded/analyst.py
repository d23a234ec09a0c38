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
from assistant.engines.embedded.question_examples import Aim, Leaning, without_proper_names
from assistant.engines.embedded.question_phrasings import (
    ABOUT_TEAMS,
    BELOW,
    FUNDAMENTALS,
    KINDS,
    MEASURES,
    OPENING,
    OVERVIEW,
    PHRASINGS,
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
from assistant.engines.embedded.question_turns import GROUPS, ORDERS, REST, WHY
from assistant.inquiry.mentions import named, plain, team_named
from assistant.inquiry.validity import valid

_TOO_SHORT = 2
_KIND_ALONE = re.compile(r"\bcredit (?:than|for)\b|\bcredit\W*$")
_EITHER_OR = re.compile(r"\bor\b")
_DIFFER = re.compile(r"\bdiffer\w*")
_DECLINED = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING})
_POINTS = re.compile(r"\b(?:her|his|their|its?|that|this|there|them|they|she|he)\b", re.IGNORECASE)
_OF_TEAMS = frozenset({Comparison.GROUPS, Comparison.REST})

_IN_GENERAL = frozenset({Measure.CLIMATE, Measure.ALIGNMENT, Measure.RANKING})
"""Measures for which a behaviour counts only where it is called by its name."""


STRONG, AHEAD = 0.3, 0.05
"""From so much strength and lead on, examples of questions decide where no rule knows the words."""

CLEAR, CLEARLY_AHEAD = 0.45, 0.2
"""From so much on, they tell figures from findings where a word of the question would do for either."""

SURE = 0.6
"""From so much on, they decide where something is compared, and decline what rules read as a question to answer."""


class EmbeddedAnalyst:
    """Reads a question by rules, and in words that no rule knows by examples.

    ``behaviours_of`` names the behaviours in it, none where it is not sure; ``leaning_of`` says what examples make of
    it; ``behaviours`` are all that there are, by id.
    """

    def __init__(
        self,
        behaviours_of: Callable[[str], tuple[str, ...]],
        leaning_of: Callable[[str], Leaning],
        behaviours: Mapping[str, Behaviour],
    ) -> None:
        self._behaviours_of, self._leaning_of, self._behaviours = behaviours_of, leaning_of, behaviours
        self._topics = QuestionTopics(behaviours)

    def understand(self, question: str, askable: Askable) -> Query:
        """The query; nobody and nothing is ever named in it but what is ``askable``."""
        question = question.replace("\u2019", "'")
        managers = _managers(question, askable.managers)
        persons = [person for person in askable.managers if person.email in managers]
        asked = asked_part(question)
        text = _lower(asked)
        heard = self._heard(asked, persons, when(text, askable.rounds), askable.before is not None)
        declined = _measure(_lower(question))
        if declined in _DECLINED:
            heard = replace(heard, measure=declined, kinds=())
        doubtful = _namesakes(question, persons)
        if doubtful and heard.measure is not Measure.WHO_SAID_WHAT:
            return Query(Measure.UNCLEAR, doubtful)
        if askable.before is not None and follows(text, heard):
            return valid(carried_on(askable.before, heard), askable, self._behaviours)
        return valid(_as_query(text, heard), askable, self._behaviours)

    def _heard(self, question: str, persons: Sequence[Person], time: When, may_follow: bool) -> Heard:
        """What a question says by itself: by rules, then by examples, then by what the model sees in it."""
        text = without_rounds(_lower(question))
        names = {name for p in persons for name in (p.name, *p.name.split(), p.email, p.team) if name}
        bare = without_names(_KIND_ALONE.sub(" ", text), names | set(map(plain, names)))
        heard = self._by_rules(text, bare, persons, time)
        leaning = self._leaning_of(without_proper_names(question, persons))
        carries_on = may_follow and heard.says_something and follows(_lower(question), heard)
        aim = None if carries_on else _told(leaning, text, heard)
        if leaning.aim.measure in _DECLINED and leaning.strength >= SURE:
            aim = leaning.aim
        if aim is not None:
            heard = replace(heard, measure=aim.measure, kinds=aim.kinds)
        if not (heard.measure or heard.kinds or time.rounds) and self._topics.says_missing(bare):
            heard = replace(heard, kinds=Aim.GAPS.kinds)
        behaviours = self._about(question, bare, heard, is_told=aim not in {None, Aim.ON_TOPIC})
        return replace(heard, behaviours=behaviours, fundamentals=() if behaviours else heard.fundamentals)

    def _by_rules(self, text: str, bare: str, persons: Sequence[Person], time: When) -> Heard:
        """What the words say; ``bare`` is the text without names."""
        measure, comparison = _measure(text), _comparison(text)
        if len(persons) > 1 and comparison is Comparison.NONE and _EITHER_OR.search(text):
            comparison = Comparison.GROUPS
        kinds = _kinds(_DIFFER.sub(" ", text) if comparison in _OF_TEAMS else text)
        return Heard(
            measure=measure,
            managers=tuple(person.email for person in persons),
            with_below=bool(BELOW.search(text)),
            fundamentals=_fundamentals(bare),
            kinds=kinds if measure is None else (),
            behaviours=self._topics.called(bare),
            time=time,
            comparison=comparison,
            order=next((order for order, pattern in ORDERS if pattern.search(text)), None),
            why=bool(WHY.search(text)),
        )

    def _about(self, question: str, text: str, heard: Heard, is_told: bool) -> tuple[str, ...]:
        """The behaviour that is called by its name or as people call it, else those that the model sees.

        The model is asked only where nothing else tells what the question is about, or what it wants.
        """
        words = own_words(text)
        if named := self._topics.named(text, words, IN_FULL):
            return named[:1]
        is_ours = heard.managers or heard.measure or heard.has_topic or is_told or ABOUT_TEAMS.search(text)
        if heard.measure in _IN_GENERAL or not is_ours:
            return ()
        if heard.has_topic or is_told:
            return heard.behaviours
        is_held_against = heard.managers and heard.compares
        if (is_held_against or heard.time.rounds or heard.order or heard.why) and not wants_something(text):
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


def _told(leaning: Leaning, text: str, heard: Heard) -> Aim | None:
    """What examples tell of a question whose words no rule knows, or None."""
    is_bare_why = heard.why and not heard.managers
    if heard.measure or is_bare_why or OVERVIEW.search(text) or (heard.kinds and not _narrows(leaning, heard)):
        return None
    return leaning.aim if _may_tell(leaning, heard) else None


def _narrows(leaning: Leaning, heard: Heard) -> bool:
    """Whether examples name the one kind among several that words leave open, or are clear that figures are meant."""
    is_clear = leaning.strength >= CLEAR and leaning.lead >= CLEARLY_AHEAD
    is_one_of_them = len(leaning.aim.kinds) == 1 and set(leaning.aim.kinds) < set(heard.kinds)
    return is_one_of_them or (is_clear and leaning.aim.measure in _IN_GENERAL and len(heard.kinds) > 1)


def _may_tell(leaning: Leaning, heard: Heard) -> bool:
    """Whether examples lean far enough to tell what a question is after.

    What is compared is compared in everything, so there only figures are told, and they have to be surer. A topic is
    what is asked about, not a sign of a climate.
    """
    is_compared = heard.compares or heard.time.rounds
    if leaning.strength < (SURE if is_compared else STRONG) or leaning.lead < AHEAD:
        return False
    return not (is_compared and leaning.aim.kinds) and not (heard.has_topic and leaning.aim is Aim.CLIMATE)


def _as_query(text: str, heard: Heard) -> Query:
    """A question that stands by itself."""
    measure, kinds = heard.measure or Measure.FINDINGS, heard.kinds
    comparison = heard.held_against
    if not kinds and not heard.has_topic and _is_general(text, heard):
        kinds = tuple(FindingKind)
    if _are_only_named(heard, text):
        kinds, comparison = tuple(FindingKind), Comparison.GROUPS
    is_ours = heard.managers or heard.has_topic or heard.time.rounds or heard.order or ABOUT_TEAMS.search(text)
    if heard.measure is None and not (is_ours or kinds):
        return Query(Measure.UNCLEAR)
    if heard.measure is Measure.SUGGESTIONS and not is_ours and unaccounted_words(text, PHRASINGS):
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
