"""The reader log: who looked at what and what came back, in categories, never in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.inquiry import Measure
from assistant.domain.rounds import Membership
from assistant.domain.words import FindingKind, Fundamental


class Looked(StrEnum):
    """What was looked at."""

    REPORT = "report"
    OVERVIEW = "overview"
    OVERVIEW_FILE = "overview_file"
    ANSWER = "answer"
    BRIEF = "brief"
    ROLL_UP = "roll_up"
    EXPORT = "export"
    COMMITMENTS = "commitments"


OWN_MATTERS = frozenset({Looked.EXPORT, Looked.COMMITMENTS})
"""What concerns the person whose it is and nobody else, also where that is a manager with a team."""


class Capacity(StrEnum):
    """As what somebody looked; NOT_NOTED in entries of before this was written down."""

    OPERATOR = "operator"
    LEADER = "leader"
    ADMIN = "admin"
    PERSON = "person"
    NOT_NOTED = "not_noted"


class Outcome(StrEnum):
    """What came back; NOT_NOTED in entries of before this was written down."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    REFUSED = "refused"
    NOT_NOTED = "not_noted"


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a question asked for, as it was understood; empty tuples do not restrict."""

    measure: Measure
    fundamentals: tuple[Fundamental, ...] = ()
    kinds: tuple[FindingKind, ...] = ()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One look: ``reader`` is an e-mail or "operator"; ``about`` the e-mails of the managers whose data it was.

    Of own matters, ``about`` is the person whose own data it was. Where nothing came back, ``about`` are those whose
    data would have. ``asked`` is given for questions only.
    """

    at: datetime
    reader: str
    looked: Looked
    round_key: str
    about: tuple[str, ...]
    capacity: Capacity = Capacity.NOT_NOTED
    outcome: Outcome = Outcome.SHOWN
    asked: AskedFor | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose entries somebody may see: those about ``person``, and those about the manager of each (round, manager)."""

    person: str
    teams: tuple[tuple[str, str], ...]

    def of(self, entry: LogEntry) -> tuple[str, ...]:
        """The people of an entry about whom it tells this person something; nobody where it is not theirs to see.

        Own matters are those of the person whose own data it was, and of nobody else.
        """
        managers = {m for key, m in self.teams if key == entry.round_key and entry.looked not in OWN_MATTERS}
        return tuple(email for email in entry.about if email == self.person or email in managers)


def open_to(person: str, teams: Iterable[Membership]) -> Sight:
    """What somebody may see of the log: looks at the team they belong to, round by round, and looks at themselves."""
    return Sight(person, tuple((team.round_key, team.manager) for team in teams if team.member == person))
