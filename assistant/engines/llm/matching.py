"""Which statements are about the same thing: by the behaviour they were read as, and for lone ones by the model.

What two people said never stands in one call. The model sees the topics of a team by the names of their behaviours,
and the lone statements of one person; so whatever somebody writes moves that person's own statements and no other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from assistant.domain.errors import BadAnswer
from assistant.domain.knowledge import Behaviour
from assistant.domain.statements import Statement, Topic
from assistant.engines.llm.answers import Matched
from assistant.engines.llm.listing import as_id, as_line, listed
from assistant.engines.llm.model import Model

PROMPT = "match-topics"
LEAST_VOICES = 2
_MATCH = re.compile(r"\s*(\d{1,6})\W+(.*\w)")


def topics_of(statements: Sequence[Statement]) -> frozenset[str]:
    """The behaviours that are topics of a team: what a claim is about, and what at least two people speak of."""
    authors: dict[str, set[str]] = {}
    for statement in statements:
        authors.setdefault(statement.behaviour, set()).add(statement.author)
    claimed = {statement.behaviour for statement in statements if statement.is_claim}
    return frozenset(claimed | {behaviour for behaviour, who in authors.items() if len(who) >= LEAST_VOICES})


def lone_by_author(statements: Sequence[Statement], topics: frozenset[str]) -> dict[str, tuple[Statement, ...]]:
    """Observations outside of the topics, by who made them; what an author has settled stays as they say."""
    lone: dict[str, tuple[Statement, ...]] = {}
    for statement in statements:
        if statement.behaviour not in topics and not statement.is_settled:
            lone[statement.author] = (*lone.get(statement.author, ()), statement)
    return lone


def grouped(
    statements: Sequence[Statement], moved: Mapping[str, str], behaviours: Mapping[str, Behaviour]
) -> tuple[Topic, ...]:
    """One topic a behaviour, in order of first mention; ``moved`` are statements (ids) that are about another one."""
    groups: dict[str, list[str]] = {}
    for statement in statements:
        groups.setdefault(moved.get(statement.id, statement.behaviour), []).append(statement.id)
    return tuple(
        Topic(f"t{n}", behaviour, behaviours[behaviour].fundamental, tuple(ids))
        for n, (behaviour, ids) in enumerate(groups.items(), 1)
    )


class LlmMatcher:
    """Groups the statements of one team."""

    def __init__(self, model: Model, behaviours: Mapping[str, Behaviour]) -> None:
        self._model, self._behaviours = model, behaviours

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """Every statement in exactly one topic.

        Where the answer for a person is of no use, that person's statements stay where they are. Raises OutOfReach and
        NotSet where there is no model.
        """
        topics = topics_of(statements)
        moved: dict[str, str] = {}
        for own in self._lone(statements, topics):
            moved |= self._matched(own, topics)
        return grouped(statements, moved, self._behaviours)

    def requests(self, statements: Sequence[Statement]) -> list[dict[str, str]]:
        """The values of the prompt for each call that matching takes: one for each person with lone statements."""
        topics = topics_of(statements)
        return [self._values(own, topics) for own in self._lone(statements, topics)]

    def _lone(self, statements: Sequence[Statement], topics: frozenset[str]) -> list[tuple[Statement, ...]]:
        """What is to be matched, person by person; nothing where there are no topics to match it with."""
        return [*lone_by_author(statements, topics).values()] if topics else []

    def _values(self, own: Sequence[Statement], topics: frozenset[str]) -> dict[str, str]:
        texts = (as_line({str(n): s.text}) for n, s in enumerate(own, 1))
        named = listed(self._behaviours[id_] for id_ in sorted(topics))
        return {"topics": named, "statements": "\n".join(texts)}

    def _matched(self, own: Sequence[Statement], topics: frozenset[str]) -> dict[str, str]:
        """For the lone statements (ids) of one person the topic that each is about, where it is about one."""
        try:
            matched = self._model.ask(PROMPT, Matched, **self._values(own, topics))
        except BadAnswer:
            return {}
        told = _topic_by_number(matched.matches, topics)
        return {statement.id: told[number] for number, statement in enumerate(own, 1) if number in told}


def _topic_by_number(matches: Sequence[str], topics: Collection[str]) -> dict[int, str]:
    """The first of the known topics that an answer names for each number."""
    told: dict[int, str] = {}
    for match in map(_MATCH.match, matches):
        if match is not None and (topic := as_id(match[2])) in topics:
            told.setdefault(int(match[1]), topic)
    return told
