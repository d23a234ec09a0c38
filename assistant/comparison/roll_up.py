"""From the teams of a round to what leaders are shown of all below them, so that no small team can be worked out.

The reporting line is a tree, and what is shown of it are unions of teams: each team's own report, and a roll-up for
each leader. So whatever can be worked out from all that is shown is about the groups into which these unions cut the
teams. The rule makes every such group at least as large as the floor: a team that reaches it counts by itself; smaller
ones wait, and count at the first leader below whom those that wait add up to it, from there on upwards always together.
The people behind each voice are counted by the same rule once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

from assistant.domain.roll_up import RollUp, Side, Tally, Voice
from assistant.domain.statements import Statement
from assistant.domain.words import Stance

Item = TypeVar("Item", bound=Hashable)
Line = Mapping[str, str | None]
"""Managers of a round (e-mails), and the manager each of them reports to, None at the top."""


def tally(observations: Iterable[Statement], respondents: int) -> Tally:
    """Count the people of one team; what was held back is not counted."""
    behind: dict[Voice, set[str]] = defaultdict(set)
    for said in observations:
        if said.shared and not said.is_claim:
            side = Side.VALUES if said.stance is Stance.VALUED else Side.MISSES
            for behaviour in (said.behaviour, None):
                behind[Voice(side, said.fundamental, behaviour)].add(said.author)
    return Tally(respondents, tuple((voice, len(behind[voice])) for voice in sorted(behind, key=str)))


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
        people = sum(teams[m].respondents for group in _under(below, groups, leader) for m in group)
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


def _counts(
    below: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, list[frozenset[str]]],
    teams: Mapping[str, Tally],
    voice: Voice,
    floor: int,
) -> dict[str, int]:
    """By leader, how many people are behind a voice; people join where the group of their team does."""
    behind = {manager: dict(team.voices).get(voice, 0) for manager, team in teams.items()}
    size = {group: sum(behind[m] for m in group) for own in groups.values() for group in own}
    heard = pooled(below, {leader: [(group, size[group]) for group in own] for leader, own in groups.items()}, floor)
    return {leader: sum(size[group] for one in _under(below, heard, leader) for group in one) for leader in below}


def _shown(counts: Mapping[Voice, int], floor: int) -> dict[Voice, int]:
    """Voices that somebody is behind; a fundamental only where what it has beyond each behaviour is enough, too."""
    shown = {voice: people for voice, people in counts.items() if people}
    for whole in [voice for voice in shown if voice.behaviour is None]:
        parts = [shown[v] for v in shown if v.behaviour and (v.side, v.fundamental) == (whole.side, whole.fundamental)]
        if any(0 < shown[whole] - part < floor for part in parts):
            del shown[whole]
    return shown


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
