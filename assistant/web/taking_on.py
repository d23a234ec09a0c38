"""What the report page needs so that something in it can be taken on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.commitments import LATEST, LONGEST_TEXT, MOST_OPEN, Commitment
from assistant.domain.knowledge import Behaviour
from assistant.domain.report import Report

USUAL = timedelta(weeks=3)
"""After this long a team would notice what the cards describe."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What is open (``doing``), and what the forms offer: dates (ISO 8601), and behaviours by id and name.

    ``about`` has the behaviours of the report's findings first; ``steps`` is what was taken on, by the commitment's id.
    """

    round_key: str
    doing: tuple[str, ...]
    first: str
    due: str
    last: str
    longest: int
    about: tuple[tuple[str, str], ...]
    steps: Mapping[str, str]

    @property
    def open(self) -> int:
        """How many commitments are open."""
        return len(self.doing)

    @property
    def has_room(self) -> bool:
        """Whether anything more can be taken on."""
        return self.open < MOST_OPEN


def taking(
    report: Report, commitments: Sequence[Commitment], behaviours: Mapping[str, Behaviour], today: date
) -> Taking:
    """What can be taken on from a report by its manager, who has these commitments."""
    found = [finding.behaviour for finding in report.findings if finding.behaviour in behaviours]
    ids = dict.fromkeys([*found, *behaviours])
    return Taking(
        report.round_key,
        tuple(one.step for one in commitments if one.is_open),
        today.isoformat(),
        (today + USUAL).isoformat(),
        (today + LATEST).isoformat(),
        LONGEST_TEXT,
        tuple((id_, behaviours[id_].doing) for id_ in ids),
        {one.id: one.step for one in commitments},
    )
