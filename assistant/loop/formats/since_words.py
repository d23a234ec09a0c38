"""What has changed since the report before, in front of a manager."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain.knowledge import Behaviour
from assistant.domain.report import Report
from assistant.domain.trend import Direction, Echo, FundamentalTrend, Noticed, Since, TopicTrend
from assistant.domain.words import GAPS, FindingKind

TITLE = "Since your last report"
TAKEN_ON = "What you took on, as your team sees it"
NOT_COMPARED = (
    "Your last report was read by another engine. Its figures are not laid beside these, since a difference could come "
    "from the reading alone."
)
FEW_VOICES = "Teams are small, and a few voices more or less move a figure far. Too early to tell is the usual answer."
_NOTICED: dict[Noticed, str] = {
    Noticed.NOTICED: "Your team speaks of it as something that is there.",
    Noticed.MIXED: "Your team is of two minds about it.",
    Noticed.NOT_NOTICED: "Your team still speaks of it as something that is missing.",
    Noticed.TOO_EARLY: "Too early to tell: not enough people spoke to it, or not clearly enough in one direction.",
}
_BEFORE: dict[bool, str] = {
    True: "Last time it was among what they missed or did not agree on.",
    False: "Last time they valued it already.",
}
_DIRECTION: dict[Direction, str] = {
    Direction.UP: "more of it is backed than last time",
    Direction.DOWN: "less of it is backed than last time",
    Direction.TOO_EARLY: "too early to tell whether anything has changed",
}


def echo(one: Echo, since: Since | None) -> str:
    """What a team says of a commitment, with how it was before and how many spoke to it, where that may be told."""
    kind = since.earlier_kinds.get(one.behaviour) if since else None
    before = [] if kind is None or kind is FindingKind.UNSEEN_CLAIM else [_BEFORE[kind in GAPS]]
    people = [f"{one.respondents} people spoke to it."] if one.respondents else []
    return " ".join([_NOTICED[one.noticed], *before, *people])


def about(one: Echo, behaviours: Mapping[str, Behaviour]) -> str:
    """What a commitment was about."""
    known = behaviours.get(one.behaviour)
    return known.doing if known else one.fundamental.title.lower()


def fundamental(one: FundamentalTrend) -> str:
    """Where the backing of what a manager claims has gone, in one fundamental."""
    return f"{one.name.title}: {_DIRECTION[one.direction]}."


def topic(one: TopicTrend, behaviours: Mapping[str, Behaviour]) -> str:
    """How the team's view of one thing has moved; see :func:`moved`."""
    known = behaviours.get(one.behaviour)
    name = known.doing if known else one.behaviour
    way = "from something missing to something of value" if one.direction is Direction.UP else "from value to a gap"
    return f"{name[:1].upper()}{name[1:]}: {way}."


def moved(since: Since) -> tuple[TopicTrend, ...]:
    """The topics that have moved for sure."""
    return tuple(one for one in since.topics if one.direction is not Direction.TOO_EARLY)


def has_any(report: Report, since: Since | None) -> bool:
    """Whether there is anything to say of what has changed."""
    return bool(report.echoes) or since is not None
