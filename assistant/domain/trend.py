"""What has changed since the report of the round before, and what the team says of what its manager took on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.words import FindingKind, Fundamental


class Noticed(StrEnum):
    """Whether a team speaks of what its manager took on as something that is there."""

    NOTICED = "noticed"
    MIXED = "mixed"
    NOT_NOTICED = "not_noticed"
    TOO_EARLY = "too_early_to_tell"


@dataclass(frozen=True, slots=True)
class Echo:
    """What a team says of one commitment (id) of its manager.

    ``respondents`` is how many spoke to it, None where that is above 0 and below the floor. Nothing that the manager
    wrote is in it, and nobody's side is counted apart.
    """

    commitment: str
    behaviour: str
    fundamental: Fundamental
    noticed: Noticed
    respondents: int | None


class Direction(StrEnum):
    """Where something has gone since the round before; with few voices it mostly cannot be told."""

    UP = "up"
    DOWN = "down"
    TOO_EARLY = "too_early_to_tell"


@dataclass(frozen=True, slots=True)
class FundamentalTrend:
    """How far a team backs its manager's claims now and before, 0 to 1; ``interval`` is that of the difference."""

    name: Fundamental
    before: float
    now: float
    interval: tuple[float, float]
    direction: Direction


@dataclass(frozen=True, slots=True)
class TopicTrend:
    """A behaviour (id) of which both reports tell, and as what."""

    behaviour: str
    before: FindingKind
    now: FindingKind
    direction: Direction


@dataclass(frozen=True, slots=True)
class Since:
    """A report beside the one of an earlier round; nothing is compared where another engine made it.

    ``earlier_kinds`` are the kinds of finding in the earlier report by behaviour (id).
    """

    round_key: str
    same_engine: bool
    fundamentals: tuple[FundamentalTrend, ...]
    topics: tuple[TopicTrend, ...]
    earlier_kinds: Mapping[str, FindingKind]
