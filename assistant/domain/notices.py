"""What is sent to people and channels, when, and what becomes of it: pure rules, without a word of anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.domain.organisation import Person
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Role

CLOSING_SOON = timedelta(days=2)
REMINDERS = 2
REMINDERS_APART = timedelta(days=4)
MAILED_LINK_LIFE = timedelta(hours=72)
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
LONGEST_WAIT = timedelta(hours=12)


class Channel(StrEnum):
    """By which way something is sent."""

    MAIL = "mail"
    SLACK = "slack"
    TEAMS = "teams"


class NoticeKind(StrEnum):
    """What is sent: the first five to a person by mail, the others to a channel that many read."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    REPORT_READY = "report_ready"
    LOOK_BACK = "look_back"
    BRIEF_READY = "brief_ready"
    ROUND_OPENED = "round_opened"
    CLOSING_SOON = "closing_soon"
    REPORTS_READY = "reports_ready"


UNTOLD = frozenset({NoticeKind.REMINDER, NoticeKind.LOOK_BACK})
"""Kinds that tell something of whom they go to: that they have not answered, or have taken something on."""


class NoticeState(StrEnum):
    """How far it has come.

    ``UNCONFIRMED`` is what was handed over to a server whose answer nobody noted: it has arrived, almost surely, and is
    not sent again by itself. ``DROPPED`` is what was not wanted any more when its time came.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"
    DROPPED = "dropped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to send, once; ``person`` is empty where it goes to a channel.

    ``number`` counts reminders from 1; where it asks to look back, it says which commitment of the person, from 1.
    ``attempts`` counts how often it was taken up, ``tries`` how often it could not be sent since it was begun anew;
    ``sent_at`` is when it left, ``problem`` what went wrong last.
    """

    id: str
    kind: NoticeKind
    channel: Channel
    round_key: str
    person: str
    number: int
    due_at: datetime
    state: NoticeState = NoticeState.WAITING
    attempts: int = 0
    tries: int = 0
    sent_at: datetime | None = None
    problem: str = ""

    @property
    def mark(self) -> str:
        """What this attempt at sending it is known by."""
        return f"{self.id}:{self.attempts}"

    def taken_up(self) -> Notice:
        """The notice as somebody begins to send it."""
        return replace(self, state=NoticeState.SENDING, attempts=self.attempts + 1, problem="")

    def dropped(self) -> Notice:
        """The notice as it is not wanted any more."""
        return replace(self, state=NoticeState.DROPPED)

    def until(self, at: datetime) -> Notice:
        """The notice as it waits for a later time."""
        return replace(self, state=NoticeState.WAITING, due_at=at)

    def anew(self, now: datetime) -> Notice:
        """The notice as it is to be tried again as if for the first time."""
        return replace(self, state=NoticeState.WAITING, due_at=now, sent_at=None, tries=0)


@dataclass(frozen=True, slots=True)
class ReminderPolicy:
    """How many reminders a person gets in a round at most, and how far any two mails of a round are apart at least."""

    most: int = REMINDERS
    apart: timedelta = REMINDERS_APART


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides about a notice, as it is now: the round, and of its person whom they are asked about and more.

    ``reflects`` says whether the person is asked as a manager, ``sent`` which kinds they have sent something of,
    ``looks_back`` whether nothing has been said yet of the commitment that the notice is about.
    """

    round: Round
    person: Person | None = None
    manager: Person | None = None
    reflects: bool = False
    sent: frozenset[ConversationKind] = frozenset()
    looks_back: bool = False
    no_reminders: bool = False
    last_mail_at: datetime | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the person is there, and asked for anything in the round."""
        return self.person is not None and (self.manager is not None or self.reflects)

    @property
    def owes(self) -> bool:
        """Whether there is something that the person was asked for and has sent nothing of."""
        feedback = self.manager is not None and ConversationKind.FEEDBACK not in self.sent
        return feedback or (self.reflects and ConversationKind.REFLECTION not in self.sent)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice that is to leave now, with what its words need; addresses are whole.

    ``link`` lets its person in, or leads to the app for a channel; it is good until ``good_until``. ``stop_link`` ends
    reminders.
    """

    notice: Notice
    about: Circumstances
    made_at: datetime
    link: str
    good_until: datetime | None = None
    stop_link: str = ""
    by_mail: bool = True

    def addressed(self, link: str, good_until: datetime, stop_link: str) -> Letter:
        """The letter to a person, with the links that are theirs alone."""
        return replace(self, link=link, good_until=good_until, stop_link=stop_link)

    def posted(self, by_mail: bool) -> Letter:
        """The letter to a channel; ``by_mail`` says whether people have also got mails."""
        return replace(self, by_mail=by_mail)


class Fate(StrEnum):
    """What became of one attempt.

    ``NO_SERVER`` concerns everything that goes the same way, the others this notice alone.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_NOW = "not_now"
    NO_SERVER = "no_server"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of an attempt, in words of our own, and how long the other side asks to wait, where it does."""

    fate: Fate
    problem: str = ""
    wait: timedelta = timedelta(0)


def reminder_times(round_: Round, policy: ReminderPolicy) -> tuple[datetime, ...]:
    """When people are reminded in a round: never sooner after the opening or each other than the policy allows.

    Where it is known when the round closes, the last time is :data:`CLOSING_SOON` before that.
    """
    if round_.closes_at is None:
        return tuple(round_.opened_at + number * policy.apart for number in range(1, policy.most + 1))
    last = round_.closes_at - CLOSING_SOON
    if not policy.most or last < round_.opened_at + policy.apart:
        return ()
    earlier = (round_.opened_at + number * policy.apart for number in range(1, policy.most))
    return (*(at for at in earlier if at + policy.apart <= last), last)


def when_wanted(notice: Notice, about: Circumstances, now: datetime, policy: ReminderPolicy) -> datetime | None:
    """When a notice that is due is to leave, now or later; None where it is not wanted any more."""
    match notice.kind:
        case NoticeKind.INVITATION:
            return now if about.round.is_open and about.is_asked else None
        case NoticeKind.REMINDER:
            return _reminder_wanted(about, now, policy)
        case NoticeKind.REPORT_READY:
            return now if about.person is not None else None
        case NoticeKind.BRIEF_READY:
            return now if about.person is not None and about.person.role is Role.LEADER else None
        case NoticeKind.LOOK_BACK:
            return now if about.looks_back and not about.no_reminders else None
        case NoticeKind.ROUND_OPENED | NoticeKind.CLOSING_SOON:
            return now if about.round.is_open else None
        case _:  # reports are ready for as long as they are there
            return now


def _reminder_wanted(about: Circumstances, now: datetime, policy: ReminderPolicy) -> datetime | None:
    if not (about.round.is_open and about.is_asked and about.owes) or about.no_reminders:
        return None
    earliest = now if about.last_mail_at is None else max(now, about.last_mail_at + policy.apart)
    closes_at = about.round.closes_at
    return None if closes_at is not None and earliest >= closes_at else earliest


def settled(notice: Notice, outcome: Outcome, now: datetime) -> Notice:
    """The notice after an attempt: sent, refused, handed over without an answer, or to be tried later or given up."""
    match outcome.fate:
        case Fate.ACCEPTED:
            return replace(notice, state=NoticeState.SENT, sent_at=now, problem="")
        case Fate.UNCONFIRMED:
            return replace(notice, state=NoticeState.UNCONFIRMED, sent_at=now, problem=outcome.problem)
        case Fate.REFUSED:
            return replace(notice, state=NoticeState.FAILED, problem=outcome.problem)
        case _:  # later, on the same way
            return put_off(notice, outcome, now)


def put_off(notice: Notice, outcome: Outcome, now: datetime) -> Notice:
    """The notice as it waits for its next attempt, longer each time, or is given up after the last one."""
    if notice.tries == len(RETRIES):
        return replace(notice, state=NoticeState.FAILED, problem=outcome.problem)
    wait = max(RETRIES[notice.tries], min(outcome.wait, LONGEST_WAIT))
    waiting = replace(notice, state=NoticeState.WAITING, tries=notice.tries + 1, problem=outcome.problem)
    return replace(waiting, due_at=now + wait)


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How many notices of a kind and channel are in a state, with the same problem."""

    kind: NoticeKind
    channel: Channel
    state: NoticeState
    problem: str
    number: int


@dataclass(frozen=True, slots=True)
class NoticeCounts:
    """Counts as they may be shown.

    Reminders go to those alone who have not answered, so how many went out would tell how many that are: of them only
    how many are planned in all is counted, and which problems they met. What managers take on is theirs alone, so that
    what asks them to look back is not counted at all.
    """

    counts: tuple[NoticeCount, ...]
    reminders: int
    reminder_problems: tuple[str, ...]

    @classmethod
    def of(cls, counts: Iterable[NoticeCount]) -> NoticeCounts:
        """From exact counts, which are shown to nobody."""
        exact = tuple(counts)
        reminders = [one for one in exact if one.kind is NoticeKind.REMINDER]
        return cls(
            tuple(one for one in exact if one.kind not in UNTOLD),
            sum(one.number for one in reminders),
            tuple(sorted({one.problem for one in exact if one.kind in UNTOLD and one.state is NoticeState.FAILED})),
        )

    def number(self, state: NoticeState) -> int:
        """How many are in a state, but for those that are not told."""
        return sum(one.number for one in self.counts if one.state is state)
