"""From the teams of a round to what leaders are shown of all below them, so that no small team can be worked out.

The reporting line is a tree, and what is shown of it are unions of teams: each team's own report, and a roll-up for
each leader. So whatever can be worked out from all that is shown is about the groups into which these unions cut the
teams. The rule makes every such group at least as large as the floor: a team that reaches it counts by itself; smaller
ones wait, and count at the first leader below whom those that wait add up to it, from there on upwards always together.
The people behind each voice are counted by the same rule once more.

Whoever signed anything is known to their manager and hides nobody. So the rule counts only the others; where a group of
them is large enough, those beside them who signed are told with it, as they are in the report of their team.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from assistant.domain.roll_up import Counts, RollUp, Side, Tally, Voice
from assistant.domain.statements import Statement
from assistant.domain.words import Stance

Item = TypeVar("Item", bound=Hashable)
Line = Mapping[str, str | None]
"""Managers of a round (e-mails), and the manager each of them reports to, None at the top."""


def tally(observations: Iterable[Statement], respondents: int, signing: Collection[str] = ()) -> Tally:
    """Count the people of one team; what was held back is not counted. ``signing`` are those who signed anything."""
    behind: dict[Voice, set[str]] = defaultdict(set)
    for said in observations:
        if said.shared and not said.is_claim:
            side = Side.VALUES if said.stance is Stance.VALUED else Side.MISSES
            for behaviour in (said.behaviour, None):
                behind[Voice(side, said.fundamental, behaviour)].add(said.author)
    known = frozenset(signing)
    return Tally(
        respondents - len(known),
        _numbers({voice: people - known for voice, people in behind.items()}),
        len(known),
        _numbers({voice: people & known for voice, people in behind.items()}),
    )


def roll_ups(round_key: str, line: Line, teams: Mapping[str, Tally], floor: int) -> tuple[RollUp, ...]:
    """The roll-ups of everybody who has managers below them, by e-mail.

    ``teams`` holds the tally of each manager's team. The team that a leader leads directly is not in their roll-up.
    """
    below = _below(line)
    arriving = {
        leader: [(manager, teams[manager].respondents) for manager in of if manager in teams]
        for leader, of in below.items()
    }
    groups = pooled(below, arriving, floor)
    voices = sorted({voice for one in teams.values() for voice, _ in one.voices}, key=str)
    counts = {voice: _counts(below, groups, teams, voice, floor) for voice in voices}

    def of(leader: str) -> RollUp:
        counted = [teams[m] for group in _under(below, groups, leader) for m in group]
        people = sum(team.respondents + team.signing for team in counted)
        shown = _shown({voice: counts[voice][leader] for voice in voices}, floor)
        return RollUp(round_key, leader, people or None, tuple(shown.items()))

    return tuple(of(leader) for leader in sorted(below))


def pooled(
    below: Mapping[str, tuple[str, ...]], arriving: Mapping[str, Iterable[tuple[Item, int]]], floor: int
) -> dict[str, list[frozenset[Item]]]:
    """What begins to count at each leader: groups of things, each of at least ``floor`` people.

    ``arriving`` are things with their numbers of people, at the leader where they come into view. One that is large
    enough is a group by itself; the others wait for company, here or further up.
    """
    groups: dict[str, list[frozenset[Item]]] = {}
    waiting: dict[str, list[tuple[Item, int]]] = {}
    for leader in _upwards(below):
        here = list(arriving.get(leader, ()))
        groups[leader] = [frozenset({item}) for item, people in here if people >= floor]
        small = [(item, people) for item, people in here if 0 < people < floor]
        small += [one for manager in below[leader] for one in waiting.pop(manager, ())]
        if sum(people for _, people in small) >= floor:
            groups[leader].append(frozenset(item for item, _ in small))
            small = []
        waiting[leader] = small
    return groups


@dataclass(frozen=True, slots=True)
class _Heard:
    """How many people are behind a voice: those whom the rule counts, and those beside them who signed something."""

    counted: int
    signing: int

    @property
    def people(self) -> int:
        return self.counted + self.signing


def _counts(
    below: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, list[frozenset[str]]],
    teams: Mapping[str, Tally],
    voice: Voice,
    floor: int,
) -> dict[str, _Heard]:
    """By leader, how many people are behind a voice; people join where the group of their team does."""
    own = [group for of_leader in groups.values() for group in of_leader]
    counted = {group: sum(dict(teams[m].voices).get(voice, 0) for m in group) for group in own}
    signing = {group: sum(dict(teams[m].signed_voices).get(voice, 0) for m in group) for group in own}
    arriving = {leader: [(group, counted[group]) for group in of_leader] for leader, of_leader in groups.items()}
    heard = pooled(below, arriving, floor)

    def of(leader: str) -> _Heard:
        told = [group for one in _under(below, heard, leader) for group in one]
        return _Heard(sum(counted[group] for group in told), sum(signing[group] for group in told))

    return {leader: of(leader) for leader in below}


def _shown(heard: Mapping[Voice, _Heard], floor: int) -> dict[Voice, int]:
    """Voices that somebody is behind; a fundamental only where what it has beyond each behaviour is enough, too."""
    shown = {voice: one for voice, one in heard.items() if one.people}
    for whole in [voice for voice in shown if voice.behaviour is None]:
        parts = [shown[v] for v in shown if v.behaviour and (v.side, v.fundamental) == (whole.side, whole.fundamental)]
        if any(_sets_few_apart(shown[whole], part, floor) for part in parts):
            del shown[whole]
    return {voice: one.people for voice, one in shown.items()}


def _sets_few_apart(whole: _Heard, part: _Heard, floor: int) -> bool:
    return whole != part and whole.counted - part.counted < floor


def _numbers(behind: Mapping[Voice, frozenset[str] | set[str]]) -> Counts:
    return tuple((voice, len(behind[voice])) for voice in sorted(behind, key=str) if behind[voice])


def _below(line: Line) -> dict[str, tuple[str, ...]]:
    """By leader the managers directly below; managers with none below are left out."""
    below: dict[str, list[str]] = defaultdict(list)
    for manager, leader in sorted(line.items()):
        if leader is not None:
            below[leader].append(manager)
    return {leader: tuple(managers) for leader, managers in below.items()}


def _upwards(below: Mapping[str, tuple[str, ...]]) -> list[str]:
    """All leaders, each after those below them."""
    ordered: list[str] = []
    level = sorted(set(below) - {manager for managers in below.values() for manager in managers})
    while level:
        ordered += level
        level = [manager for leader in level for manager in below[leader] if manager in below]
    return ordered[::-1]


def _under(
    below: Mapping[str, tuple[str, ...]], groups: Mapping[str, list[frozenset[Item]]], leader: str
) -> list[frozenset[Item]]:
    """The groups that count for a leader: those that begin there, and those that began further down."""
    further = (group for manager in below[leader] if manager in below for group in _under(below, groups, manager))
    return [*groups[leader], *further]
