"""What is done without anybody waiting for it, and what becomes of it where it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

MOST_TRIES = 6
FIRST_DELAY = timedelta(seconds=10)
TIMES_LONGER = 3


class JobKind(StrEnum):
    """The kinds of jobs, the most pressing first."""

    UPKEEP = "upkeep"
    """What is due by the clock: rounds open and close, and words go."""
    SENDING = "sending"
    """Mails and messages to channels."""
    ANALYSIS = "analysis"
    """The report of one manager of a round."""
    INDEX = "index"
    """The vector index follows the store."""
    PUBLICATION = "publication"
    """Channels are told, once all reports of a round are made."""


PERIODIC = (JobKind.UPKEEP, JobKind.SENDING, JobKind.INDEX)
"""Kinds that come again and again, whether somebody asks for them or not."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do. Doing it twice does no harm, and two of the same name are never done at once.

    ``round_key`` and ``manager`` (e-mail) are empty where a kind has none.
    """

    kind: JobKind
    round_key: str = ""
    manager: str = ""

    @property
    def name(self) -> str:
        """What it is known by."""
        return "/".join(part for part in (self.kind, self.round_key, self.manager) if part)

    @property
    def priority(self) -> int:
        """The higher, the sooner it is done."""
        kinds = tuple(JobKind)
        return 10 * (len(kinds) - kinds.index(self.kind))


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A job that failed so often that it is not tried any more, and why; ``problem`` holds nobody's words."""

    job: Job
    problem: str


@dataclass(frozen=True, slots=True)
class JobsNow:
    """How many jobs wait and are being done, and what was given up, by name.

    ``reports_left`` says of each round (by key) how many reports are among those that wait or are being done.
    """

    waiting: int
    at_work: int
    given_up: tuple[GivenUp, ...]
    reports_left: Mapping[str, int] = field(default_factory=dict)


NO_JOBS = JobsNow(0, 0, ())
"""Nothing waits, and nothing was given up."""


def delay_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures (1 or more) before a job is tried again; None where it is given up."""
    if failures >= MOST_TRIES:
        return None
    longer: int = TIMES_LONGER ** (failures - 1)
    return FIRST_DELAY * longer
