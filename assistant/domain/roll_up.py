"""What many teams value and miss, counted in people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.words import Fundamental


class Side(StrEnum):
    """What people say of a behaviour: that they value it, or that they miss it or are hurt by it."""

    VALUES = "values"
    MISSES = "misses"


@dataclass(frozen=True, slots=True)
class Voice:
    """Something that people are counted for; ``behaviour`` is None for the fundamental as a whole."""

    side: Side
    fundamental: Fundamental
    behaviour: str | None = None


Counts = tuple[tuple[Voice, int], ...]
"""How many people are behind each voice."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One team in numbers of people: how many answered, and how many are behind each voice. Never shown as it is.

    Those who signed anything are counted apart (``signing``, ``signed_voices`` with all they said): they hide nobody.
    """

    respondents: int
    voices: Counts
    signing: int = 0
    signed_voices: Counts = ()


@dataclass(frozen=True, slots=True)
class RollUp:
    """The teams below one leader taken together; ``counts`` holds the voices with at least the floor's people.

    Each number says "at least": people are left out where counting them would tell of too few. ``respondents`` is None
    where the teams below together stay below the floor, and then nothing is counted.
    """

    round_key: str
    leader: str
    respondents: int | None
    counts: Counts
