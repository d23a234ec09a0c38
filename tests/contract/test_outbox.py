"""What is to be sent, as it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.notices import Channel, Notice, NoticeKind, NoticeState
from assistant.domain.planning import Every, PlannedRound
from assistant.domain.rounds import Round
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

MIA = "mia@acme.example"


def a_notice(id: str, now: datetime, kind: NoticeKind = NoticeKind.INVITATION, **changed) -> Notice:
    return replace(Notice(id, kind, Channel.MAIL, "2026-Q4", MIA, 0, now), **changed)


@pytest.mark.usefixtures("open_round")
def test_a_second_notice_of_the_same_is_left_out(store: SqlStore, now: datetime) -> None:
    """Whatever has become of the first one."""
    with store.work() as work:
        work.outbox.put([a_notice("a", now)])
        work.outbox.keep(a_notice("a", now, state=NoticeState.FAILED, problem="no"))
        work.outbox.put([a_notice("b", now), a_notice("c", now, NoticeKind.REMINDER, number=1)])
    with store.work() as work:
        assert work.outbox.find("a") == a_notice("a", now, state=NoticeState.FAILED, problem="no")
        assert work.outbox.find("b") is None
        assert work.outbox.find("c") is not None


@pytest.mark.usefixtures("open_round")
def test_the_one_that_has_waited_longest_is_next(store: SqlStore, now: datetime) -> None:
    """Of what is due, waits, and goes one of these ways."""
    earlier, later = now - timedelta(hours=1), now + timedelta(seconds=1)
    with store.work() as work:
        work.outbox.put(
            [
                a_notice("a", now),
                a_notice("b", earlier, person="li@acme.example"),
                a_notice("c", later, person="bo@acme.example"),
                a_notice("d", earlier, channel=Channel.SLACK, person=""),
            ]
        )
        assert work.outbox.next_due([Channel.MAIL], now).id == "b"
        work.outbox.keep(work.outbox.find("b").taken_up())
        assert work.outbox.next_due([Channel.MAIL], now).id == "a"
        assert work.outbox.next_due([Channel.MAIL, Channel.SLACK], now).id == "d"
        assert work.outbox.next_due([], now) is None
        assert [one.id for one in work.outbox.sending()] == ["b"]


def test_whether_somebody_has_answered_is_asked_in_their_name_alone(
    store: SqlStore, open_round: Round, now: datetime
) -> None:
    """Neither by the operator, nor by anybody else."""
    with store.work() as work:
        work.outbox.put([a_notice("a", now)])
        assert work.outbox.circumstances(a_notice("a", now), person(MIA)).round == open_round
        for other in (OPERATOR, person("li@acme.example")):
            with pytest.raises(Refused, match="own name"):
                work.outbox.circumstances(a_notice("a", now), other)


@pytest.mark.usefixtures("open_round")
def test_addresses_are_given_out_where_a_mail_failed_and_never_for_a_reminder(store: SqlStore, now: datetime) -> None:
    """To whoever runs rounds; sending again is for the operator to ask."""
    with store.work() as work:
        failed = {"state": NoticeState.FAILED, "problem": "refused"}
        work.outbox.put([a_notice("a", now, **failed), a_notice("b", now, NoticeKind.REMINDER, number=1, **failed)])
        assert [one.id for one in work.outbox.failed(OPERATOR)] == ["a"]
        assert work.outbox.counts(OPERATOR).reminder_problems == ("refused",)
        assert len(work.outbox.settled_badly(OPERATOR, unconfirmed=False)) == 2
        for ask in (work.outbox.failed, work.outbox.counts):
            with pytest.raises(Refused):
                ask(person(MIA))
        with pytest.raises(Refused):
            work.outbox.settled_badly(person(MIA), unconfirmed=False)


@pytest.mark.usefixtures("open_round")
def test_who_is_erased_gets_nothing_and_leaves_nothing(store: SqlStore, now: datetime) -> None:
    """Their notices go, those that are just being sent as well, and so does what they want of reminders."""
    with store.work() as work:
        work.outbox.put([a_notice("a", now).taken_up(), a_notice("b", now, person="li@acme.example")])
        work.outbox.set_reminders(MIA, wanted=False)
        work.outbox.forget(MIA)
        work.outbox.keep(a_notice("a", now, state=NoticeState.SENT))
    with store.work() as work:
        assert work.outbox.find("a") is None
        assert work.outbox.find("b") is not None
        assert work.outbox.circumstances(a_notice("c", now), person(MIA)).no_reminders is False


def test_tokens_stay_and_belong_to_one_notice(store: SqlStore, installation: Installation) -> None:
    """Also when the store is opened again."""
    with store.work() as work:
        first, other = work.outbox.stop_token("a"), work.outbox.stop_token("b")
    store.close()
    again = installation.open()
    with again.work() as work:
        assert work.outbox.stop_token("a") == first != other
    again.close()


def test_a_plan_comes_back_as_it_was_kept(store: SqlStore, now: datetime) -> None:
    """Once under each key, until it is taken out."""
    plan = PlannedRound("2026-Q4", now, now + timedelta(days=3), 5, Every.QUARTER)
    with store.work() as work:
        work.schedule.add(plan)
        work.schedule.add(PlannedRound("once", now - timedelta(days=1)))
    with store.work() as work:
        assert [one.key for one in work.schedule.all()] == ["once", "2026-Q4"]
        assert work.schedule.all()[1] == plan
        with pytest.raises(BadInput, match="planned already"):
            work.schedule.add(plan)
        work.schedule.remove("once")
        with pytest.raises(Unknown):
            work.schedule.remove("once")
