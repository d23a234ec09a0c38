"""Managers in the order of the reporting line: nobody stands above another for a figure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.domain.organisation import Organisation

MOST_ROWS = 120
"""More teams than these nobody looks through; the levels furthest down are then seen by opening a unit."""


@dataclass(frozen=True, slots=True)
class Place:
    """A manager (e-mail) ``depth`` levels below the top of a unit, with ``below`` managers further down.

    ``left_out`` are those of them that have no place of their own.
    """

    manager: str
    depth: int
    below: int
    left_out: int = 0


def walked(organisation: Organisation, unit: str, granted: Collection[str]) -> tuple[Place, ...]:
    """The granted managers of a unit, its leader included, each before those below them, by name among equals."""
    places: list[tuple[str, int]] = []
    waiting = [(unit, 0)]
    while waiting:
        email, depth = waiting.pop()
        is_granted = email in granted
        if is_granted:
            places.append((email, depth))
        under = [p for p in organisation.direct_reports(email) if p.email in granted]
        under.sort(key=lambda person: (person.name, person.email), reverse=True)
        waiting += [(person.email, depth + is_granted) for person in under]
    return tuple(Place(email, depth, _below(places, n)) for n, (email, depth) in enumerate(places))


def seen_at_once(places: Sequence[Place], most: int = MOST_ROWS) -> tuple[Place, ...]:
    """As many whole levels as there is room for, two at least; those left out are counted where their line ends."""
    deepest = max((place.depth for place in places), default=0)
    while deepest > 1 and sum(place.depth <= deepest for place in places) > most:
        deepest -= 1
    return tuple(
        replace(place, left_out=place.below if place.depth == deepest else 0)
        for place in places
        if place.depth <= deepest
    )


def _below(places: Sequence[tuple[str, int]], n: int) -> int:
    """How many of those that follow stand deeper, up to the first that does not."""
    depth = places[n][1]
    end = next((m for m in range(n + 1, len(places)) if places[m][1] <= depth), len(places))
    return end - n - 1
