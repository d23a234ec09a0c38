"""The anonymity floor: what may be shown about a group, in one place."""

from __future__ import annotations


def shown_count(count: int, floor: int) -> int | None:
    """A number of respondents as it may be shown: itself where it is 0 or at least the floor, else None."""
    return count if count == 0 or count >= floor else None


def suppressed(respondents: int, floor: int) -> bool:
    """Whether nothing that rests on this many people's feedback may be shown."""
    return respondents < floor


def reason(floor: int) -> str:
    """Why a report shows nothing that rests on feedback; it does not tell how many have answered."""
    return (
        f"Fewer than {floor} people have given feedback in this round. To protect those who did, nothing that rests "
        "on their answers is shown."
    )
