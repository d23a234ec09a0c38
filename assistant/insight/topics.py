"""What teams value and miss, by behaviour: in how many teams, and what reports suggest where it is a gap."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.domain.insight import SuggestedPractice, Topic
from assistant.domain.report import Finding, Report
from assistant.domain.words import GAPS, FindingKind, Fundamental

MOST_TOPICS = 12
MOST_PRACTICES = 2

_VALUED = {FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}
_MISSED = {FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN}


@dataclass
class _Gathered:
    """What all reports tell of one behaviour: managers by what their teams say, and the most people of each team."""

    fundamental: Fundamental
    valued: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    divided: set[str] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)

    def take(self, manager: str, finding: Finding) -> None:
        if finding.kind in _VALUED:
            self.valued.add(manager)
        elif finding.kind in _MISSED:
            self.missed.add(manager)
        else:
            self.divided.add(manager)
        self.people[manager] = max(self.people.get(manager, 0), finding.respondents or 0)


def topics(reports: Sequence[Report]) -> tuple[Topic, ...]:
    """Every behaviour of which a team says something, by its id."""
    gathered: dict[str, _Gathered] = {}
    for report in reports:
        for finding in report.findings:
            if finding.kind is not FindingKind.UNSEEN_CLAIM:
                one = gathered.setdefault(finding.behaviour, _Gathered(finding.fundamental))
                one.take(report.manager, finding)
    suggested = _suggested(reports)
    return tuple(_topic(behaviour, one, suggested[behaviour]) for behaviour, one in sorted(gathered.items()))


def most_missed(found: Iterable[Topic], most: int = MOST_TOPICS) -> tuple[Topic, ...]:
    """The gaps of most teams first; those of which as many tell in the order of people, then of names."""
    gaps = (topic for topic in found if topic.missed or topic.divided)
    return tuple(sorted(gaps, key=lambda t: (-t.missed - t.divided, -t.people, t.behaviour))[:most])


def most_valued(found: Iterable[Topic], most: int = MOST_TOPICS) -> tuple[Topic, ...]:
    """What most teams value first."""
    good = (topic for topic in found if topic.valued)
    return tuple(sorted(good, key=lambda t: (-t.valued, -t.people, t.behaviour))[:most])


def _topic(behaviour: str, one: _Gathered, practices: Counter[tuple[str, str]]) -> Topic:
    common = sorted(practices.items(), key=lambda item: (-item[1], item[0]))[:MOST_PRACTICES]
    return Topic(
        behaviour,
        one.fundamental,
        len(one.valued),
        len(one.missed),
        len(one.divided),
        sum(one.people.values()),
        tuple(SuggestedPractice(practice, title, count) for (practice, title), count in common),
    )


def _suggested(reports: Iterable[Report]) -> dict[str, Counter[tuple[str, str]]]:
    """By behaviour, in how many reports which practice is suggested against a gap in it."""
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for report in reports:
        gaps = {finding.id: finding.behaviour for finding in report.findings if finding.kind in GAPS}
        made = {
            (gaps[id_], one.practice, one.title) for one in report.suggestions for id_ in one.findings if id_ in gaps
        }
        for behaviour, practice, title in made:
            counts[behaviour][practice, title] += 1
    return counts
