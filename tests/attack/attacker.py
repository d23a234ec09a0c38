"""Somebody who sees everything that is shown, and looks for people whom it gives away.

What is shown gives somebody away where too few others could have said their words: where exchanging the words between
people changes something that is shown, for all but fewer than the floor of them. Colluders know their own words: they
keep theirs, and the others of their group have so many fewer to hide among. Whoever signs something is known to the
manager: nobody hides among those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from tests.attack.history import History, Signs

Shown = Callable[[History], tuple[str, ...]]
ShownOfAll = Callable[..., tuple[str, ...]]
OTHER_WORDS = ("listening+ goals-", "*fear goals+ listening-")


def given_away(shown: Shown, history: History, probe: int) -> str | None:
    """Who is given away, and what of what is shown does it; None where nobody was found.

    People of one team who were there in the same of all looks are tried all at once; then all others, for whether
    anything that is shown hangs on them at all. Only where something does, the one with the number ``probe`` is tried
    with everybody.
    """
    seen = shown(history)
    large, left = _sorted_out(history)
    suspects = [] if _hidden_in(shown, history, seen, large) else [n for group in large for n in group]
    if next(_telling(shown, history, seen, left), None):
        suspects += left
    return _alone(shown, history, seen, suspects[probe % len(suspects)]) if suspects else None


def given_away_in_rounds(shown: ShownOfAll, rounds: Sequence[History], attacked: int, probe: int) -> str | None:
    """The same for what was said in one of several rounds, by all that is shown of all of them."""
    place = attacked % len(rounds)

    def shown_with(history: History) -> tuple[str, ...]:
        return shown(*rounds[:place], history, *rounds[place + 1 :])

    return given_away(shown_with, rounds[place], probe)


def _hidden_in(shown: Shown, history: History, seen: tuple[str, ...], groups: Sequence[Sequence[int]]) -> bool:
    """Whether everybody in each group could have said the words of enough others of it."""
    return not groups or all(shown(_passed_on(history, groups, step)) == seen for step in range(1, history.floor))


def _passed_on(history: History, groups: Sequence[Sequence[int]], step: int) -> History:
    """Everybody but the colluders says what somebody else in their group has said; they pass the words on in a ring."""
    members = list(history.members)
    for group in groups:
        ring = [n for n in group if history.members[n].email not in history.colluders]
        for place, n in enumerate(ring):
            members[n] = replace(members[n], words=history.members[ring[(place + step) % len(ring)]].words)
    return replace(history, members=tuple(members))


def _sorted_out(history: History) -> tuple[list[list[int]], list[int]]:
    """Members (by number) of groups that are large enough to hide in, and all others whose words were there to see."""
    groups: dict[tuple[int, tuple[bool, ...]], list[int]] = defaultdict(list)
    looked = [number for number, stage in enumerate(history.stages) if stage.looks]
    for n, member in enumerate(history.members):
        course = tuple(member.presence.counts_at(number) for number in looked)
        if any(course) and member.signs is Signs.NOTHING:
            groups[member.manager, course].append(n)
    large = [group for group in groups.values() if len(group) >= history.floor]
    return large, [n for group in groups.values() if len(group) < history.floor for n in group]


def _alone(shown: Shown, history: History, seen: tuple[str, ...], one: int) -> str | None:
    """What gives a member away; None where enough others could have said it, or nothing depends on it."""
    if history.members[one].email in history.colluders:
        return None
    telling = next(_telling(shown, history, seen, [one]), None)
    if telling is None:
        return None
    hiding = 1
    for other in _others(history, one):
        exchanged = history.exchanged(one, other)
        hiding += exchanged == history or shown(exchanged) == seen
        if hiding >= history.floor:
            return None
    return f"{history.members[one].email} hides among {hiding} of {history.floor}: {telling}"


def _others(history: History, one: int) -> Iterable[int]:
    """Everybody else who answers, those of the own team first."""
    answer = [
        n
        for n, m in enumerate(history.members)
        if n != one and m.presence.answers is not None and m.signs is Signs.NOTHING
    ]
    return sorted(answer, key=lambda n: history.members[n].manager != history.members[one].manager)


def _telling(shown: Shown, history: History, seen: tuple[str, ...], some: Sequence[int]) -> Iterator[str]:
    """What is shown and would be another thing if these members had said something else."""
    for text in OTHER_WORDS if some else ():
        otherwise = shown(history.saying(some, text))
        yield from (f"{a[:300]} / {b[:300]}" for a, b in zip(seen, otherwise, strict=True) if a != b)
