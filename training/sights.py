"""What readers who got what a team says, without any mark, saw of its trust climate.

``climates.txt`` has a line for a round: its level, and whether what each person says is a sign of trust, of fear or
blame, of both, or of neither. All rounds that are not for learning have one, and part of the others.
``climates_again.txt`` has what a second reader saw of the part ``last``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from examples import HERE

from assistant.domain.words import ClimateLevel

CLIMATES, AGAIN = HERE / "climates.txt", HERE / "climates_again.txt"


def levels(path: Path = CLIMATES) -> dict[str, ClimateLevel]:
    """The climate of each round, by the round's name."""
    return {name: ClimateLevel(level) for name, level, _ in _lines(path)}


@cache
def signs() -> dict[str, dict[str, tuple[bool, bool]]]:
    """For each person of each round: is there a sign of trust, and one of fear or blame, in what they say?"""
    return {name: dict(map(_person, people.split())) for name, _, people in _lines(CLIMATES)}


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(" | ")


def _person(said: str) -> tuple[str, tuple[bool, bool]]:
    who, seen = said.split(":")
    return who, ("+" in seen, "-" in seen)
