"""The reader log in plain words: who looked as what, at what, and what came back."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain.inquiry import Measure
from assistant.domain.organisation import Person
from assistant.domain.reading_log import OWN_MATTERS, AskedFor, Capacity, LogEntry, Looked, Outcome

CAPACITIES: dict[Capacity, str] = {
    Capacity.OPERATOR: "who runs the installation",
    Capacity.LEADER: "leader",
    Capacity.ADMIN: "admin",
    Capacity.PERSON: "",
    Capacity.NOT_NOTED: "",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.SHOWN: "It was shown.",
    Outcome.SUPPRESSED: "Too few had answered, so nothing of the team was shown.",
    Outcome.REFUSED: "It was refused, and nothing was shown.",
    Outcome.NOT_NOTED: "What came back was not noted at that time.",
}
_LOOKED: dict[Looked, str] = {
    Looked.REPORT: "opened the report",
    Looked.OVERVIEW: "opened the overview of managers",
    Looked.OVERVIEW_FILE: "took the overview of managers away as a file",
    Looked.ANSWER: "asked a question",
    Looked.BRIEF: "opened the brief after a round",
    Looked.ROLL_UP: "opened what teams say together",
    Looked.EXPORT: "had your own data given out",
    Looked.COMMITMENTS: "opened what you have taken on",
}
_MEASURES: dict[Measure, str] = {
    Measure.FINDINGS: "asked about findings",
    Measure.CLIMATE: "asked about trust in the team",
    Measure.ALIGNMENT: "asked how far the team backs what the manager says",
    Measure.PARTICIPATION: "asked how many answered",
    Measure.SUGGESTIONS: "asked what would help",
    Measure.WHO_SAID_WHAT: "asked who said what",
    Measure.RANKING: "asked for a comparison of people",
    Measure.UNCLEAR: "asked something that was not understood",
}


def reader(entry: LogEntry, people: Mapping[str, Person]) -> str:
    """Who looked, by name and part; an e-mail where nobody of that name is there any more."""
    if entry.reader == Capacity.OPERATOR:
        return "Whoever runs the installation"
    name = people[entry.reader].name if entry.reader in people else entry.reader
    capacity = CAPACITIES[entry.capacity]
    return f"{name} ({capacity})" if capacity else name


def looked(entry: LogEntry, viewer: str, people: Mapping[str, Person]) -> str:
    """What they did, and whose data it was, to ``viewer``, who may be told of those the entry names."""
    if entry.looked in OWN_MATTERS:
        return _LOOKED[entry.looked]
    whose = [_whose(email, viewer, entry.reader, people) for email in entry.about]
    return f"{_did(entry)}: {' and '.join(whose)}"


def _did(entry: LogEntry) -> str:
    if entry.asked is None:
        return _LOOKED[entry.looked]
    return f"{_MEASURES[entry.asked.measure]}{_restricted(entry.asked)}"


def _restricted(asked: AskedFor) -> str:
    """The categories to which a question was restricted."""
    titles = [one.value.replace("_", " ") for one in (*asked.kinds, *asked.fundamentals)]
    return f" ({', '.join(titles)})" if titles else ""


def _whose(email: str, viewer: str, by: str, people: Mapping[str, Person]) -> str:
    if email == viewer:
        return "about you"
    if email == by:
        return "about themselves and your team"
    return f"about {people[email].name if email in people else email} and your team"
