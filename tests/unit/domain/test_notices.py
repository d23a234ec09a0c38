"""Who is told of what, when, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.notices import (
    CLOSING_SOON,
    RETRIES,
    Channel,
    Circumstances,
    Fate,
    Notice,
    NoticeCount,
    NoticeCounts,
    NoticeKind,
    NoticeState,
    Outcome,
    ReminderPolicy,
    reminder_times,
    settled,
    when_wanted,
)
from assistant.domain.organisation import Person
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Role

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OPEN = Round("2026-Q4", 4, NOON, NOON + 20 * DAY)
CLOSED = replace(OPEN, closed_at=NOON)
LI, LEAD = Person("li@acme.example", "Li", "lead@acme.example"), Person("lead@acme.example", "Lea", None)
ASKED = Circumstances(OPEN, LI, LEAD)
POLICY = ReminderPolicy(2, 4 * DAY)
FEEDBACK, REFLECTION = frozenset({ConversationKind.FEEDBACK}), frozenset({ConversationKind.REFLECTION})


def a_notice(kind: NoticeKind = NoticeKind.INVITATION, **changed) -> Notice:
    return replace(Notice("n", kind, Channel.MAIL, OPEN.key, LI.email, 0, NOON), **changed)


def test_the_last_reminder_is_shortly_before_the_end() -> None:
    """And the others come before it, as far apart as the policy says."""
    assert reminder_times(OPEN, POLICY) == (NOON + 4 * DAY, OPEN.closes_at - CLOSING_SOON)


def test_without_an_end_reminders_follow_the_opening() -> None:
    """One after the other."""
    assert reminder_times(replace(OPEN, closes_at=None), POLICY) == (NOON + 4 * DAY, NOON + 8 * DAY)


@given(st.integers(0, 5), st.integers(1, 10), st.integers(1, 60))
def test_reminders_are_never_more_nor_closer_than_the_policy_allows(most: int, apart: int, lasts: int) -> None:
    """Whatever the policy and however long the round, counted from its opening on."""
    round_ = replace(OPEN, closes_at=NOON + lasts * DAY)
    times = reminder_times(round_, ReminderPolicy(most, apart * DAY))
    assert len(times) <= most
    assert all(after - before >= apart * DAY for before, after in zip((NOON, *times), times, strict=False))
    assert all(at < round_.closes_at for at in times)


@pytest.mark.parametrize(
    ("kind", "about", "is_wanted"),
    [
        (NoticeKind.INVITATION, ASKED, True),
        (NoticeKind.INVITATION, replace(ASKED, round=CLOSED), False),
        (NoticeKind.INVITATION, replace(ASKED, manager=None), False),
        (NoticeKind.INVITATION, replace(ASKED, manager=None, reflects=True), True),
        (NoticeKind.INVITATION, replace(ASKED, person=None), False),
        (NoticeKind.INVITATION, replace(ASKED, sent=FEEDBACK), True),
        (NoticeKind.INVITATION, replace(ASKED, no_reminders=True), True),
        (NoticeKind.REMINDER, ASKED, True),
        (NoticeKind.REMINDER, replace(ASKED, sent=FEEDBACK), False),
        (NoticeKind.REMINDER, replace(ASKED, sent=FEEDBACK, reflects=True), True),
        (NoticeKind.REMINDER, replace(ASKED, sent=FEEDBACK | REFLECTION, reflects=True), False),
        (NoticeKind.REMINDER, replace(ASKED, no_reminders=True), False),
        (NoticeKind.REMINDER, replace(ASKED, round=CLOSED), False),
        (NoticeKind.REPORT_READY, Circumstances(CLOSED, LEAD), True),
        (NoticeKind.REPORT_READY, Circumstances(CLOSED), False),
        (NoticeKind.BRIEF_READY, Circumstances(CLOSED, replace(LEAD, role=Role.LEADER)), True),
        (NoticeKind.BRIEF_READY, Circumstances(CLOSED, LEAD), False),
        (NoticeKind.BRIEF_READY, Circumstances(CLOSED), False),
        (NoticeKind.LOOK_BACK, Circumstances(CLOSED, LEAD, looks_back=True), True),
        (NoticeKind.LOOK_BACK, Circumstances(CLOSED, LEAD, looks_back=True, no_reminders=True), False),
        (NoticeKind.LOOK_BACK, Circumstances(CLOSED, LEAD), False),
        (NoticeKind.ROUND_OPENED, Circumstances(OPEN), True),
        (NoticeKind.ROUND_OPENED, Circumstances(CLOSED), False),
        (NoticeKind.CLOSING_SOON, Circumstances(CLOSED), False),
        (NoticeKind.REPORTS_READY, Circumstances(CLOSED), True),
    ],
)
def test_what_is_sent_is_what_is_still_wanted_when_its_time_comes(kind, about, is_wanted) -> None:
    """A reminder above all only to somebody who was asked, has sent nothing of it, and wants to be reminded."""
    assert when_wanted(a_notice(kind), about, NOON, POLICY) == (NOON if is_wanted else None)


def test_a_reminder_waits_where_the_last_mail_was_late() -> None:
    """So that two mails are apart as the policy says; and it is not sent at all if the round is over by then."""
    late = replace(ASKED, last_mail_at=NOON - DAY)
    assert when_wanted(a_notice(NoticeKind.REMINDER), late, NOON, POLICY) == NOON + 3 * DAY
    ends = replace(late, round=replace(OPEN, closes_at=NOON + 2 * DAY))
    assert when_wanted(a_notice(NoticeKind.REMINDER), ends, NOON, POLICY) is None


def test_what_cannot_be_sent_is_tried_again_less_and_less_often_and_then_given_up() -> None:
    """Each wait is the next of the list; after the last one it has failed, with what went wrong."""
    notice, now, waits = a_notice(), NOON, []
    while notice.state is NoticeState.WAITING:
        notice = settled(notice.taken_up(), Outcome(Fate.NOT_NOW, "busy"), now)
        waits.append(notice.due_at - now)
        now = max(now, notice.due_at)
    assert tuple(waits[:-1]) == RETRIES
    assert (notice.state, notice.problem) == (NoticeState.FAILED, "busy")


def test_a_server_that_says_how_long_to_wait_is_heeded_within_bounds() -> None:
    """Longer than the list says, and not for ever."""
    for asked, waited in ((timedelta(seconds=1), RETRIES[0]), (timedelta(hours=2), timedelta(hours=2))):
        assert settled(a_notice(), Outcome(Fate.NOT_NOW, "", asked), NOON).due_at == NOON + waited
    assert settled(a_notice(), Outcome(Fate.NOT_NOW, "", 99 * DAY), NOON).due_at <= NOON + DAY


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Fate.ACCEPTED, NoticeState.SENT),
        (Fate.REFUSED, NoticeState.FAILED),
        (Fate.UNCONFIRMED, NoticeState.UNCONFIRMED),
        (Fate.NO_SERVER, NoticeState.WAITING),
    ],
)
def test_each_fate_has_its_state(fate, state) -> None:
    """What was handed over without an answer is not tried again."""
    assert settled(a_notice().taken_up(), Outcome(fate), NOON).state is state


def test_two_attempts_are_told_apart_by_their_marks() -> None:
    """Also where somebody has it tried from the beginning."""
    first = a_notice().taken_up()
    assert len({first.mark, first.anew(NOON).taken_up().mark, a_notice().mark}) == 3


def test_what_waits_for_a_later_time_is_as_it_was_otherwise() -> None:
    """Also where somebody had taken it up already."""
    assert a_notice().taken_up().until(NOON + DAY) == replace(a_notice(), attempts=1, due_at=NOON + DAY)


def test_counts_tell_nothing_of_what_managers_have_taken_on() -> None:
    """How many were asked to look back is in no number; only what went wrong is told, without a name."""
    asked = [NoticeCount(NoticeKind.LOOK_BACK, Channel.MAIL, NoticeState.FAILED, "550", 3)]
    invited = [NoticeCount(NoticeKind.INVITATION, Channel.MAIL, NoticeState.SENT, "", 2)]
    told = NoticeCounts.of([*asked, *invited])
    assert [told.number(state) for state in (NoticeState.SENT, NoticeState.FAILED)] == [2, 0]
    assert (told.counts, told.reminders, told.reminder_problems) == (tuple(invited), 0, ("550",))


def test_counts_tell_nobody_who_has_answered() -> None:
    """Whether ten reminders went out or none: what is shown is the same."""

    def shown(sent: int, waiting: int) -> NoticeCounts:
        numbers = ((NoticeState.SENT, sent), (NoticeState.DROPPED, 20 - sent - waiting), (NoticeState.WAITING, waiting))
        return NoticeCounts.of(NoticeCount(NoticeKind.REMINDER, Channel.MAIL, s, "", n) for s, n in numbers)

    assert shown(10, 0) == shown(0, 0) == shown(3, 9)
