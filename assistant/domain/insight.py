"""What a leader sees of the teams below them in one round, and of the rounds before: figures, nobody's words.

All of it is made of reports as they are shown by themselves, so that it tells nothing that they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.roll_up import RollUp
from assistant.domain.trend import Direction
from assistant.domain.words import ClimateLevel, Fundamental


@dataclass(frozen=True, slots=True)
class Level:
    """A figure with its 90 % interval: a share from 0 to 1, or a trust score from -1 to 1."""

    value: float
    low: float
    high: float


class Standing(StrEnum):
    """What there is to see of a team."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    NO_REPORT = "no_report"


@dataclass(frozen=True, slots=True)
class Backing:
    """How many of the things that managers say they do teams confirm, are divided on, contest or did not speak to.

    ``level`` is the share of those spoken to that is backed, None without any; ``gaps`` is how many findings are gaps.
    """

    name: Fundamental
    confirmed: int
    mixed: int
    contested: int
    unseen: int
    level: Level | None
    gaps: int

    @property
    def spoken_to(self) -> int:
        """How many of them teams spoke to."""
        return self.confirmed + self.mixed + self.contested


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One manager's team, by e-mail, ``depth`` levels below the top of the unit, which is 0.

    Of a team that is not shown, the figures are empty. ``below`` is how many teams there are below the manager, and
    ``left_out`` how many of those have no row, since there would be too many of them. ``is_shared`` is whether the
    manager has opened the whole report to those above.
    """

    manager: str
    depth: int
    standing: Standing
    invited: int
    respondents: int | None
    backing: tuple[Backing, ...]
    climate: ClimateLevel | None
    below: int = 0
    left_out: int = 0
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """How many teams there are and can be shown; people are counted in those that can be shown alone."""

    teams: int
    shown: int
    suppressed: int
    respondents: int
    invited: int

    @property
    def without_report(self) -> int:
        """How many teams have no report."""
        return self.teams - self.shown - self.suppressed


@dataclass(frozen=True, slots=True)
class SuggestedPractice:
    """A practice by the id and title it has in reports, and in how many of them it is suggested."""

    practice: str
    title: str
    reports: int


@dataclass(frozen=True, slots=True)
class Topic:
    """In how many teams a behaviour (id) is valued, is missed or hurts, and divides the team.

    ``people`` spoke to it at least: teams in which fewer than the floor did are not counted. ``practices`` are those
    that reports suggest where it is a gap, the most common first.
    """

    behaviour: str
    fundamental: Fundamental
    valued: int
    missed: int
    divided: int
    people: int
    practices: tuple[SuggestedPractice, ...] = ()


class Likeness(StrEnum):
    """Whether teams are alike; with few teams and few voices that mostly cannot be told."""

    ALIKE = "alike"
    DIFFERENT = "different"
    TOO_LITTLE_EVIDENCE = "too_little_evidence"


@dataclass(frozen=True, slots=True)
class Consistency:
    """How alike teams are in a fundamental; in their trust climate where ``name`` is None.

    ``spread`` is the standard deviation between teams beyond chance, on a scale from 0 to 1. ``tenths`` are how many
    teams stand in each tenth of the scale.
    """

    name: Fundamental | None
    teams: int
    spread: Level | None
    likeness: Likeness
    tenths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TrustAcross:
    """How many teams have which trust climate, and the mean of their scores, each team counting the same."""

    teams: tuple[tuple[ClimateLevel, int], ...]
    score: Level | None


@dataclass(frozen=True, slots=True)
class Moment:
    """One round of a course: levels over the teams that can be shown in it.

    ``same_teams`` are those that can be shown in the round before, too, as read by the same engine; where a level has
    gone since is told of those alone.
    """

    round_key: str
    teams: int
    respondents: int
    invited: int
    backing: tuple[tuple[Fundamental, Level | None], ...]
    trust: Level | None
    same_teams: int
    backing_moved: tuple[tuple[Fundamental, Direction], ...]
    trust_moved: Direction


@dataclass(frozen=True, slots=True)
class Insight:
    """One page for a leader: the teams of a ``unit``, which is everybody below the person with this e-mail.

    ``course`` has the oldest round first and this one last. ``roll_up`` is None where there is none to be seen.
    """

    round_key: str
    closed_at: datetime | None
    floor: int
    unit: str
    participation: Participation
    together: tuple[Backing, ...]
    teams: tuple[TeamRow, ...]
    missed: tuple[Topic, ...]
    valued: tuple[Topic, ...]
    consistency: tuple[Consistency, ...]
    trust: TrustAcross
    course: tuple[Moment, ...]
    roll_up: RollUp | None = None
