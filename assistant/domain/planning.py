"""Rounds that open by themselves, and what comes after each of them: pure rules."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.errors import BadInput
from assistant.domain.rounds import DEFAULT_FLOOR, check_floor, check_key

_MONTHS_A_YEAR = 12


class Every(StrEnum):
    """How often a round comes again."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months later the next one is."""
        return {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: _MONTHS_A_YEAR}[self]

    @property
    def model(self) -> str:
        """A key from which the next one follows."""
        return {Every.MONTH: "2026-11", Every.QUARTER: "2026-Q4", Every.YEAR: "2026"}[self]


_KEYS = {
    Every.MONTH: re.compile(r"(?P<year>\d{4})-(?P<part>0[1-9]|1[0-2])"),
    Every.QUARTER: re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])"),
    Every.YEAR: re.compile(r"(?P<year>\d{4})(?P<part>)"),
}


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """A round that is to open at ``opens_at`` (UTC, aware), once, or ``every`` so often with keys that follow."""

    key: str
    opens_at: datetime
    closes_at: datetime | None = None
    floor: int = DEFAULT_FLOOR
    every: Every | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether it would have closed already."""
        return self.closes_at is not None and self.closes_at <= now

    def after(self) -> PlannedRound | None:
        """The round that comes next; None where it is planned once."""
        if self.every is None:
            return None
        months = self.every.months
        closes_at = later(self.closes_at, months) if self.closes_at else None
        return PlannedRound(
            next_key(self.key, self.every), later(self.opens_at, months), closes_at, self.floor, self.every
        )


def check_plan(planned: PlannedRound, now: datetime) -> PlannedRound:
    """The plan itself; raises BadInput where it cannot be carried out, or nothing follows from its key."""
    check_key(planned.key)
    check_floor(planned.floor)
    if planned.opens_at <= now:
        raise BadInput("A planned round opens in the future. To open one now, use: value-loop round open")
    if planned.closes_at is not None and planned.closes_at <= planned.opens_at:
        raise BadInput("A round closes after it has opened.")
    if planned.every is not None:
        next_key(planned.key, planned.every)
        following = later(planned.opens_at, planned.every.months)
        if planned.closes_at is None or planned.closes_at > following:
            raise BadInput(
                f"A round that comes again every {planned.every} needs a last day before the next one opens, on "
                f"{following:%Y-%m-%d}."
            )
    return planned


def next_key(key: str, every: Every) -> str:
    """The key that follows, such as 2027-Q1 on 2026-Q4. Raises BadInput where none does."""
    read = _KEYS[every].fullmatch(key)
    if read is None:
        raise BadInput(f"A round that comes again every {every} has a key such as {every.model}; {key} has no next.")
    year = int(read["year"])
    if every is Every.YEAR:
        return f"{year + 1:04}"
    parts = _MONTHS_A_YEAR // every.months
    year, part = (year + 1, 1) if int(read["part"]) == parts else (year, int(read["part"]) + 1)
    return f"{year:04}-Q{part}" if every is Every.QUARTER else f"{year:04}-{part:02}"


def later(moment: datetime, months: int) -> datetime:
    """The same day and time so many months later, or the last day of that month where it is shorter."""
    year, month = divmod(moment.month - 1 + months, _MONTHS_A_YEAR)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))
