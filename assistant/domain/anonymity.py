"""The anonymity floor: what may be shown about a group, in one place."""

from __future__ import annotations

from collections.abc import Iterable


def shown_count(count: int, floor: int, named: int = 0) -> int | None:
    """A number of respondents as it may be shown: itself where it is 0 or at least the floor, else None.

    ``named`` of them may be known by name to whoever looks, who can take them away: the others must be 0 or the floor.
    """
    others = count - named
    return count if count == 0 or (count >= floor and (others <= 0 or others >= floor)) else None


def at_least(teams: Iterable[int], floor: int) -> int:
    """How many people answered over several teams as it may be shown: a multiple of the floor, and at least that many.

    ``teams`` are numbers of respondents. Those of teams below the floor count only where they add up to it, so that
    nobody can take the shown ones from the whole; and the steps are wide, so that nobody can watch for one answer.
    """
    numbers = list(teams)
    small = sum(n for n in numbers if n < floor)
    counted = sum(n for n in numbers if n >= floor) + (small if small >= floor else 0)
    return counted // floor * floor


def suppressed(respondents: int, floor: int, wholly_named: int = 0, partly_named: int = 0) -> bool:
    """Whether nothing that rests on this many people's feedback may be shown.

    Whoever gave all of their feedback under their name (``wholly_named``) has nothing to be hidden. Whoever gave a part
    of it so (``partly_named``) has, and hides nobody else: the manager knows what they said, and can take it away. So
    where anything is anonymous, as many people as the floor must have put their name to nothing at all.
    """
    unnamed = respondents - wholly_named - partly_named
    return respondents < floor or (wholly_named < respondents and unnamed < floor)


def reason(floor: int) -> str:
    """Why a report shows nothing that rests on feedback; it does not tell how many have answered."""
    return (
        f"Fewer than {floor} people have given feedback in this round. To protect those who did, nothing that rests "
        "on their answers is shown."
    )
