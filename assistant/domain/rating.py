"""How well the summary before sending captures what its author meant, as they say themselves: from 1 to 4.

It measures the reading, not the people. Of a round it is told once, when the round has closed, and stays as it was
then: a figure that followed each erasure would tell of the erased person by its change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.domain.errors import BadInput

HARDLY, FULLY = 1, 4
STEPS_OF_A_MEAN = 2
"""A mean is told in halves."""


@dataclass(frozen=True, slots=True)
class Rated:
    """The mean of what people say, 1 to 4 in halves, and how many they at least are, in whole steps of the floor."""

    mean: float
    people: int


def check_rating(rating: int | None) -> int | None:
    """The rating itself, or None where nobody gave one; raises BadInput where it is none."""
    if rating is not None and (type(rating) is not int or not HARDLY <= rating <= FULLY):
        raise BadInput(f"How well it captures what you meant is said from {HARDLY} to {FULLY}, or not at all.")
    return rating


def rated(by_person: Iterable[Sequence[int]], floor: int) -> Rated | None:
    """What the ratings of each person come to, each person counted once; None below the floor."""
    means = [sum(own) / len(own) for own in by_person if own]
    if len(means) < floor:
        return None
    mean = sum(means) / len(means)
    return Rated(round(mean * STEPS_OF_A_MEAN) / STEPS_OF_A_MEAN, len(means) // floor * floor)
