"""Sending what is due: each notice once, by one process at a time, also where processes die at any point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from assistant.domain.access import Viewer, person
from assistant.domain.errors import Busy
from assistant.domain.notices import (
    MAILED_LINK_LIFE,
    UNTOLD,
    Channel,
    Fate,
    Letter,
    Notice,
    NoticeCounts,
    Outcome,
    ReminderPolicy,
    put_off,
    settled,
    when_wanted,
)
from assistant.domain.signing_in import Link, digest
from assistant.ports.carrier import Carrier
from assistant.ports.handover import Marks
from assistant.ports.store import Store, Work

HANDED_OVER = "handed over, but the process ended before the server's answer was noted"
WENT_DOWN = "the machine went down while it was being sent"

_MOST_PUT_ASIDE = 100
"""In one transaction, so that others do not wait long for theirs."""


@dataclass(frozen=True)
class Post:
    """All that sending needs beside the store: ways out by channel, and what links are made of.

    ``address`` is where people reach the app, without a slash at its end.
    """

    carriers: Mapping[Channel, Carrier]
    address: str
    new_secret: Callable[[], str]
    now: Callable[[], datetime]
    policy: ReminderPolicy = field(default_factory=ReminderPolicy)
    link_life: timedelta = MAILED_LINK_LIFE


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What one run did, in numbers that tell nothing of anybody: those of :data:`UNTOLD` are not in them.

    ``left_to_another`` says that another process was sending, so that nothing was done here.
    """

    sent: int = 0
    not_sent: int = 0
    left_to_another: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    letter: Letter
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Step:
    """What a transaction took up, if anything, and whether there may be more."""

    letter: Letter | None
    goes_on: bool = True


def send_due(store: Store, post: Post, enough: Callable[[], bool] = lambda: False) -> Dispatched:
    """Send all that is due, one after the other, until ``enough``.

    The transaction that settles one notice takes the next one up, with a fresh link, before anything of it leaves. So
    what a process that died has taken up and not settled is known, and the mark says whether it was handed over.
    """
    with ExitStack() as held:
        try:
            marks = held.enter_context(store.sending())
        except Busy:
            return Dispatched(left_to_another=True)
        for carrier in post.carriers.values():
            held.callback(carrier.close)
        recover(store, marks, post.now())
        return _send_all(store, post, marks, enough)


def _send_all(store: Store, post: Post, marks: Marks, enough: Callable[[], bool]) -> Dispatched:
    sent = not_sent = 0
    last: _Attempt | None = None
    while (step := _settle_and_take_up(store, post, last, enough())).goes_on:
        last = _attempt(post, step.letter, marks) if step.letter else None
        if last is not None and last.letter.notice.kind not in UNTOLD:
            sent += last.outcome.fate is Fate.ACCEPTED
            not_sent += last.outcome.fate is not Fate.ACCEPTED
    return Dispatched(sent, not_sent)


def recover(store: Store, marks: Marks, now: datetime) -> None:
    """Decide about what a process that died was sending; to be called by whoever has the right to send.

    Without its mark a letter has not been handed over, and waits again. With it, or where the machine went down and
    nobody knows, it is not sent a second time.
    """
    with store.work() as work:
        for notice in work.outbox.sending():
            handed = marks.has(notice.mark)
            if handed is False:
                work.outbox.keep(notice.anew(notice.due_at))
            else:
                outcome = Outcome(Fate.UNCONFIRMED, HANDED_OVER if handed else WENT_DOWN)
                work.outbox.keep(settled(notice, outcome, now))
        work.sign_in.forget_old_links(now)
    marks.put("-")


def _attempt(post: Post, letter: Letter, marks: Marks) -> _Attempt:
    outcome = post.carriers[letter.notice.channel].carry(letter, lambda: marks.put(letter.notice.mark))
    return _Attempt(letter, outcome)


def _settle_and_take_up(store: Store, post: Post, last: _Attempt | None, is_enough: bool) -> _Step:
    """One transaction: keep what became of the last one, and take up the next."""
    now = post.now()
    with store.work() as work:
        if last is not None:
            _settle(work, last, now)
        return _Step(None, goes_on=False) if is_enough else _next(work, post, now)


def _settle(work: Work, last: _Attempt, now: datetime) -> None:
    notice, outcome = last.letter.notice, last.outcome
    if notice == work.outbox.find(notice.id):  # else it was erased, or dropped with its round, and stays so
        work.outbox.keep(settled(notice, outcome, now))
    if outcome.fate is Fate.NO_SERVER:
        for other in work.outbox.due(notice.channel, now):
            work.outbox.keep(put_off(other, outcome, now))


def _next(work: Work, post: Post, now: datetime) -> _Step:
    """The next letter to leave; what is not wanted any more, or not yet, is put aside on the way."""
    for _ in range(_MOST_PUT_ASIDE):
        notice = work.outbox.next_due(post.carriers, now)
        if notice is None:
            return _Step(None, goes_on=False)
        about = work.outbox.circumstances(notice, person(notice.person))
        at = when_wanted(notice, about, now, post.policy)
        if at is not None and at <= now:
            taken = notice.taken_up()
            work.outbox.keep(taken)
            return _Step(_letter(work, post, Letter(taken, about, now, post.address)))
        work.outbox.keep(notice.dropped() if at is None else notice.until(at))
    return _Step(None)


def _letter(work: Work, post: Post, letter: Letter) -> Letter:
    """The letter with its links; only the digest of the one that lets its person in is kept."""
    notice = letter.notice
    if not notice.person:
        return letter.posted(by_mail=Channel.MAIL in post.carriers)
    secret, good_until = post.new_secret(), letter.made_at + post.link_life
    work.sign_in.add_link(Link(digest(secret), notice.person, good_until))
    stop = f"{post.address}/reminders?notice={notice.id}&token={work.outbox.stop_token(notice.id)}"
    return letter.addressed(f"{post.address}/sign-in?token={secret}", good_until, stop)


def count_notices(store: Store, viewer: Viewer) -> tuple[NoticeCounts, tuple[Notice, ...]]:
    """Counts as they may be shown, and what was given up with its address. Raises Refused unless an admin looks."""
    with store.work() as work:
        return work.outbox.counts(viewer), work.outbox.failed(viewer)


def send_again(store: Store, viewer: Viewer, now: datetime, unconfirmed: bool = False) -> int:
    """Have what was given up tried from the beginning; how much of it may be told.

    With ``unconfirmed`` also what was handed over without an answer, which may then arrive twice. Raises Refused unless
    the operator asks.
    """
    with store.work() as work:
        found = work.outbox.settled_badly(viewer, unconfirmed)
        for notice in found:
            work.outbox.keep(notice.anew(now))
    return sum(notice.kind not in UNTOLD for notice in found)
