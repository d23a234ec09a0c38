"""Putting into the outbox what is to be sent, in the transaction of what it tells of."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from assistant.domain.notices import CLOSING_SOON, Channel, Notice, NoticeKind, ReminderPolicy, reminder_times
from assistant.domain.organisation import Organisation
from assistant.domain.rounds import Round
from assistant.domain.words import Role
from assistant.ports.store import Work

LOOKED_BACK_AT = time(7, tzinfo=UTC)
"""When on its day somebody is asked to look back."""


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Announcer:
    """Who is told of what: by mail where that is one of the ``channels``, and in the channels that many read.

    What is put twice is there once, so doing a thing again tells nobody again.
    """

    channels: frozenset[Channel] = frozenset()
    policy: ReminderPolicy = field(default_factory=ReminderPolicy)
    now: Callable[[], datetime] = _now
    new_id: Callable[[], str] = _new_id

    def round_opened(self, work: Work, round_: Round) -> None:
        """Invite everybody who is asked in a round, plan their reminders, and tell the channels."""
        if Channel.MAIL in self.channels:
            self._invite(work, round_)
        self._post(work, round_, NoticeKind.ROUND_OPENED, round_.opened_at)
        if round_.closes_at is not None and round_.closes_at - CLOSING_SOON > round_.opened_at:
            self._post(work, round_, NoticeKind.CLOSING_SOON, round_.closes_at - CLOSING_SOON)

    def people_changed(self, work: Work, round_: Round) -> None:
        """Invite whoever is asked in an open round now and was not before, if people were invited by mail at all."""
        if Channel.MAIL in self.channels and work.outbox.has_any(round_.key, Channel.MAIL):
            self._invite(work, round_)

    def report_made(self, work: Work, round_: Round, manager: str) -> None:
        """Tell a manager that their report is there; once, and never while the round is open."""
        if Channel.MAIL in self.channels and not round_.is_open:
            work.outbox.put([self._notice(NoticeKind.REPORT_READY, round_, self.now(), person=manager)])

    def reports_made(self, work: Work, round_: Round) -> None:
        """Tell the channels that the reports of a closed round are there, and leaders that their brief is."""
        if round_.is_open:
            return
        self._post(work, round_, NoticeKind.REPORTS_READY, self.now())
        if Channel.MAIL in self.channels:
            leaders = _leaders(work.people.organisation())
            work.outbox.put(self._notice(NoticeKind.BRIEF_READY, round_, self.now(), person=one) for one in leaders)

    def taken_on(self, work: Work, round_: Round, manager: str, number: int, due: date) -> None:
        """Ask a manager to look back at their commitment of this number on its day."""
        if Channel.MAIL in self.channels:
            at = datetime.combine(due, LOOKED_BACK_AT)
            work.outbox.put([self._notice(NoticeKind.LOOK_BACK, round_, at, person=manager, number=number)])

    def _invite(self, work: Work, round_: Round) -> None:
        asked = sorted({email for one in work.rounds.members(round_.key) for email in (one.member, one.manager)})
        now = self.now()
        times = [(n, at) for n, at in enumerate(reminder_times(round_, self.policy), 1) if at > now]
        work.outbox.put(self._notice(NoticeKind.INVITATION, round_, round_.opened_at, person=email) for email in asked)
        work.outbox.put(
            self._notice(NoticeKind.REMINDER, round_, at, person=email, number=number)
            for email in asked
            for number, at in times
        )

    def _post(self, work: Work, round_: Round, kind: NoticeKind, at: datetime) -> None:
        work.outbox.put(self._notice(kind, round_, at, channel) for channel in sorted(self.channels - {Channel.MAIL}))

    def _notice(
        self,
        kind: NoticeKind,
        round_: Round,
        due_at: datetime,
        channel: Channel = Channel.MAIL,
        person: str = "",
        number: int = 0,
    ) -> Notice:
        return Notice(self.new_id(), kind, channel, round_.key, person, number, due_at)


def _leaders(organisation: Organisation) -> list[str]:
    """The e-mails of leaders below whom there is a manager."""
    leaders = (person.email for person in organisation.people.values() if person.role is Role.LEADER)
    return [one for one in leaders if any(organisation.is_manager(p.email) for p in organisation.downline(one))]


SILENT = Announcer()
"""Tells nobody anything."""
