"""The anonymity floor: what may be shown about a group, in one place."""

from __future__ import annotations

from collections.abc import Iterable


def shown_count(count: int, floor: int) -> int | None:
    """A number of respondents as it may be shown: itself where it is 0 or at least the floor, else None."""
    return count if count == 0 or count >= floor else None


def at_least(teams: Iterable[int], floor: int) -> int:
    """How many people answered over several teams as it may be shown: a multiple of the floor, and at least that many.

    ``teams`` are numbers of respondents. Those of teams below the floor count only where they add up to it, so that
    nobody can take the shown ones from the whole; and the steps are wide, so that nobody can watch for one answer.
    """
    numbers = list(teams)
    small = sum(n for n in numbers if n < floor)
    counted = sum(n for n in numbers if n >= floor) + (small if small >= floor else 0)
    return counted // floor * floor


def suppressed(respondents: int, floor: int) -> bool:
    """Whether nothing that rests on this many people's feedback may be shown."""
    return respondents < floor


def reason(floor: int) -> str:
    """Why a report shows nothing that rests on feedback; it does not tell how many have answered."""
    return (
        f"Fewer than {floor} people have given feedback in this round. To protect those who did, nothing that rests "
        "on their answers is shown."
    )
