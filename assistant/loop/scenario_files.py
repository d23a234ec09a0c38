"""Scenario files: people and conversations as they are imported, and what a careful reader marked in them, as JSON.

The form is described in ``docs/scenarios.md``. What is imported is checked by the same code as any other import.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.conversation import Conversation
from assistant.domain.errors import BadInput
from assistant.domain.organisation import Organisation, Person
from assistant.domain.report import Source
from assistant.domain.rounds import DEFAULT_FLOOR, Round
from assistant.domain.words import (
    CLAIM_STANCES,
    OBSERVATION_STANCES,
    ClimateLevel,
    ConversationKind,
    Fundamental,
    Speaker,
    Stance,
)
from assistant.evaluation.annotation import Annotation, MarkedClaim, MarkedObservation
from assistant.evaluation.scenario import Scenario
from assistant.loop.conversations_file import RoundFacts, RoundLine, read_conversations
from assistant.loop.people_file import read_people

ROUND = "evaluation"
LARGEST_FILE = 5_000_000
FIRST_LINE_OF_PEOPLE = 2


class _PersonIn(BaseModel):
    model_config = ConfigDict(strict=True)

    email: str
    name: str
    manager_email: str = ""
    team: str = ""


class _Mark(BaseModel):
    conversation: int = Field(ge=0, strict=True)
    message: int = Field(ge=0, strict=True)
    quote: str = Field(min_length=1)
    stance: Stance
    topic: str


class _Topic(BaseModel):
    id: str
    fundamental: Fundamental


class _Gold(BaseModel):
    topics: list[_Topic]
    claims: list[_Mark]
    observations: list[_Mark]
    climate: ClimateLevel


class _ScenarioIn(BaseModel):
    people: list[_PersonIn] = Field(min_length=2)
    conversations: list[dict[str, Any]]
    gold: _Gold


def read_folder(folder: Path) -> tuple[Scenario, ...]:
    """The scenarios of a folder (``*.json``), by file name. Raises BadInput, naming the file and the place in it."""
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}. Give a folder with scenario files (docs/scenarios.md).")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise BadInput(f"There is no scenario file (*.json) in {folder}.")
    return tuple(read_scenario(path.stem, _bytes(path)) for path in paths)


def read_scenario(name: str, data: bytes) -> Scenario:
    """One scenario. Raises BadInput, naming it and the place in it, and never what was said there."""
    try:
        given = _ScenarioIn.model_validate(json.loads(data))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        raise _problem(name, _path(first["loc"]), f"this is not as it should be ({first['type']})") from None
    except (ValueError, RecursionError):
        raise _problem(name, "the file", "it is not JSON in UTF-8") from None
    people = _people(name, given.people)
    conversations = _conversations(name, given.conversations, people)
    return Scenario(name, people, conversations, _Marks(name, given.gold, people[0], conversations).annotation())


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _problem(path.stem, "the file", f"it has more than {LARGEST_FILE / 1e6:,.0f} MB")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read: {error.strerror}.") from None


def _people(name: str, given: list[_PersonIn]) -> tuple[Person, ...]:
    """The people, the manager first, as people.csv would bring them in."""
    table = io.StringIO()
    rows = csv.DictWriter(table, [*_PersonIn.model_fields])
    rows.writeheader()
    rows.writerows(person.model_dump() for person in given)
    try:
        people = read_people(table.getvalue().encode(errors="surrogatepass"), Organisation.of(()), False).records
    except BadInput as bad:
        raise _first(name, "people", FIRST_LINE_OF_PEOPLE, bad) from None
    manager, *team = people
    for number, person in enumerate(team, 1):
        if person.manager_email != manager.email:
            raise _problem(name, f"people[{number}]", "everybody after the first reports to the first")
    return people


def _conversations(name: str, given: list[dict[str, Any]], people: tuple[Person, ...]) -> tuple[Conversation, ...]:
    """The conversations, as conversations.jsonl would bring them in."""
    manager, *team = people
    round_ = Round(ROUND, DEFAULT_FLOOR, datetime.now(UTC))
    line = RoundLine(round_, {member.email: manager.email for member in team}, frozenset({manager.email}))
    facts = RoundFacts(frozenset(person.email for person in people), {ROUND: line})
    lines = "\n".join(json.dumps(one | {"round": ROUND}) for one in given)
    numbers = count()
    try:
        read = read_conversations(lines.encode(), facts, lambda: f"{name}-{next(numbers)}", False)
    except BadInput as bad:
        raise _first(name, "conversations", 1, bad) from None
    return read.records


class _Marks:
    """The marks of one scenario being placed in its conversations."""

    def __init__(self, name: str, gold: _Gold, manager: Person, conversations: tuple[Conversation, ...]) -> None:
        self._name, self._gold, self._manager = name, gold, manager
        self._topics = {topic.id: topic.fundamental for topic in gold.topics}
        self._reflections = [c for c in conversations if c.kind is ConversationKind.REFLECTION]
        self._feedbacks = [c for c in conversations if c.kind is ConversationKind.FEEDBACK]

    def annotation(self) -> Annotation:
        """All marks; raises BadInput at the first that has no place."""
        twice = [id_ for id_, times in Counter(topic.id for topic in self._gold.topics).items() if times > 1]
        if twice:
            raise _problem(self._name, "gold.topics", "an id is there twice")
        claims = self._placed("claims", self._reflections, CLAIM_STANCES)
        observations = self._placed("observations", self._feedbacks, OBSERVATION_STANCES)
        return Annotation(
            self._topics,
            tuple(MarkedClaim(source, mark.stance, mark.topic) for mark, source in claims),
            tuple(
                MarkedObservation(self._feedbacks[source.conversation].author, mark.stance, mark.topic)
                for mark, source in observations
            ),
            self._gold.climate,
            len({feedback.author for feedback in self._feedbacks}),
        )

    def _placed(
        self, part: str, conversations: list[Conversation], stances: frozenset[Stance]
    ) -> Iterator[tuple[_Mark, Source]]:
        for number, mark in enumerate(getattr(self._gold, part)):
            place = f"gold.{part}[{number}]"
            if mark.topic not in self._topics:
                raise _problem(self._name, f"{place}.topic", "there is no such topic")
            if mark.stance not in stances:
                known = ", ".join(stance.value for stance in Stance if stance in stances)
                raise _problem(self._name, f"{place}.stance", f"this has to be one of {known}")
            yield mark, self._source(place, mark, conversations)

    def _source(self, place: str, mark: _Mark, conversations: list[Conversation]) -> Source:
        if mark.conversation >= len(conversations):
            raise _problem(self._name, f"{place}.conversation", "there is no such conversation of its kind")
        messages = conversations[mark.conversation].messages
        if mark.message >= len(messages) or messages[mark.message].role is not Speaker.USER:
            raise _problem(self._name, f"{place}.message", "there is no such message of the author")
        content = messages[mark.message].content
        if content.count(mark.quote) != 1:
            raise _problem(self._name, f"{place}.quote", "it has to stand in its message, and once only")
        start = content.index(mark.quote)
        return Source(mark.conversation, mark.message, start, start + len(mark.quote))


def _first(name: str, part: str, first_line: int, bad: BadInput) -> BadInput:
    """The first problem of an import, at its place in the scenario."""
    if not bad.problems:
        return _problem(name, part, str(bad))
    one = bad.problems[0]
    place = f"{part}[{one.line - first_line}]" + (f".{one.column}" if one.column else "")
    return _problem(name, place, one.what)


def _problem(name: str, place: str, what: str) -> BadInput:
    return BadInput(f"The scenario {name} cannot be used. {place}: {what}.")


def _path(location: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".") or "the file"
