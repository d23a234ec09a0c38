"""One asking of the value question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.domain.errors import BadInput, Refused
from assistant.domain.rating import Rated

DEFAULT_FLOOR = 4
LOWEST_FLOOR = 3

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Round:
    """A round: ``floor`` is fixed when it opens; times are UTC and aware; ``closed_at`` is None while it is open.

    ``words_deleted_at`` is when what was said in it was deleted, None as long as it is there.
    """

    key: str
    floor: int
    opened_at: datetime
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    words_deleted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether conversations may still be held or imported."""
        return self.closed_at is None

    def require_open(self) -> None:
        """Raise :class:`Refused` where the round is closed."""
        if not self.is_open:
            raise Refused(f"Round {self.key} is closed; nothing can be added to it.")

    def require_words(self) -> None:
        """Raise :class:`Refused` where what was said in the round has been deleted."""
        if self.words_deleted_at is not None:
            raise Refused(
                f"What was said in round {self.key} was deleted on {self.words_deleted_at:%Y-%m-%d}, so it cannot be "
                "analysed again. Its reports stay as they are."
            )

    def words_are_due(self, now: datetime, days: int) -> bool:
        """Whether what was said is to be deleted: so many days after the round has closed."""
        if self.closed_at is None or self.words_deleted_at is not None:
            return False
        return now >= self.closed_at + timedelta(days=days)


def check_key(key: str) -> str:
    """The key itself; raises :class:`BadInput` unless it is 1-40 letters, digits, dots, dashes, underscores."""
    if not _KEY.fullmatch(key):
        raise BadInput("A round's key is 1 to 40 letters, digits, dots, dashes or underscores, such as 2026-Q4.")
    return key


def check_floor(floor: int) -> int:
    """The floor itself; raises :class:`BadInput` below :data:`LOWEST_FLOOR`."""
    if floor < LOWEST_FLOOR:
        raise BadInput(f"The anonymity floor is never below {LOWEST_FLOOR}; {floor} was asked for.")
    return floor


@dataclass(frozen=True, slots=True)
class Membership:
    """Who reported to whom when the round was held; asked for feedback by belonging to it."""

    round_key: str
    member: str
    manager: str


@dataclass(frozen=True, slots=True)
class RoundStatus:
    """A round in counts only: people asked, managers, conversations sent, and reports.

    ``feedbacks`` says how many people at least gave feedback, in whole steps of the floor; ``staying`` how many reports
    stay as they were seen, since the latest analysis beside them would tell of too few people. ``rated`` is how well
    summaries captured what people meant, once the round is closed.
    """

    round: Round
    managers: int
    invited: int
    reflections: int
    feedbacks: int
    reports: int
    staying: int = 0
    rated: Rated | None = None
