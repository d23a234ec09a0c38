"""What stands in a question, as words of a small vocabulary: its own, by ones and twos, and what rules recognise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.domain.inquiry import Change, Comparison
from assistant.domain.organisation import Person
from assistant.engines.embedded.question_phrasings import (
    ABOUT_TEAMS,
    FUNDAMENTALS,
    KINDS,
    MEASURES,
    OPENING,
    OVERVIEW,
)
from assistant.engines.embedded.question_rounds import When, without_rounds
from assistant.engines.embedded.question_topics import IN_FULL, QuestionTopics, own_words
from assistant.engines.embedded.question_turns import GROUPS, ORDERS, REST, WHY

_TOO_SHORT = 2
_POINTS = re.compile(r"\b(?:her|his|their|its?|that|this|there|them|they|she|he)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9']+|[?]")
_PHRASES = tuple(
    (f"{name}: {value}", pattern)
    for name, table in (("measure", MEASURES), ("fundamental", FUNDAMENTALS), ("order", ORDERS))
    for value, pattern in table
)
_KINDS = tuple((f"kinds: {' '.join(sorted(kinds))}", pattern) for kinds, pattern in KINDS)
_TURNS = (("why", WHY), ("groups", GROUPS), ("rest", REST), ("overview", OVERVIEW), ("teams", ABOUT_TEAMS))
_THEIRS = "(?:teams?|area|department|side|managers|leads|organi[sz]ation|people|folks)"
_OF_TEAM = f"(?:'s? (?:(?:whole|entire|own) )?{_THEIRS})"


def asked_part(question: str) -> str:
    """What is asked, without what leads up to it: an opening, or sentences that only say why somebody asks.

    They stay where the question points back to them, or is no more than a word or two.
    """
    sentences = re.split(r"(?<=[.!?])\s+", question.strip())
    asking = " ".join(sentence for sentence in sentences if sentence.endswith("?"))
    is_whole = len(asking.split()) > _TOO_SHORT and not _POINTS.search(asking)
    return OPENING.sub("", asking if is_whole else question.strip())


def words(question: str) -> list[str]:
    """The words of a question in lower case, and each with the one that follows; as often as they stand there."""
    single = _WORD.findall(question.lower())
    return single + [f"{one} {next_}" for one, next_ in pairwise(single)]


def signs(question: str, time: When, topics: QuestionTopics) -> frozenset[str]:
    """What rules recognise in a question; none of them can be taken for one of its words."""
    text = without_rounds(" ".join(question.lower().split()))
    return frozenset(f"<{sign}>" for sign in (*_phrased(text), *_timed(time), *_called(text, topics)))


def _phrased(text: str) -> Iterator[str]:
    yield from (sign for sign, pattern in (*_PHRASES, *_KINDS, *_TURNS) if pattern.search(text))


def _timed(time: When) -> Iterator[str]:
    if time.comparison is Comparison.ROUNDS:
        yield "rounds"
    if time.change is not Change.ANY:
        yield f"change: {time.change}"


def _called(text: str, topics: QuestionTopics) -> Iterator[str]:
    yield from (f"called: {behaviour}" for behaviour in topics.called(text))
    yield from (f"named: {behaviour}" for behaviour in topics.named(text, own_words(text), IN_FULL)[:1])
    if topics.says_missing(text):
        yield "called missing"


def without_proper_names(question: str, persons: Iterable[Person]) -> str:
    """A question with "the team" and "the manager" in the place of teams and people; ``persons`` are those named."""
    for person in persons:
        if person.team:
            team = rf"(?:\bthe )?\b{re.escape(person.team)}\b(?: team\b)?"
            question = re.sub(team, "the team", question, flags=re.IGNORECASE)
        name = rf"\b(?:{re.escape(person.name)}|{re.escape(person.first_name)})"
        question = re.sub(rf"{name}{_OF_TEAM}", "the team", question)
        question = re.sub(rf"{name}\b", "the manager", question)
    return question
