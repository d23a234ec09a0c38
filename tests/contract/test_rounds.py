"""Rounds, who was asked in them, and their counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta, timezone
from typing import Any

import psycopg
import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.report import Report
from assistant.domain.rounds import Membership, Round, RoundStatus
from assistant.domain.words import ConversationKind, Role
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

REFUSED = (sqlite3.IntegrityError, psycopg.errors.RaiseException)


def test_a_round_comes_back_as_it_was_opened(store: SqlStore, now: datetime) -> None:
    """Key, floor and times survive, also times from another time zone."""
    closes = datetime(2026, 12, 24, 18, 0, tzinfo=timezone(timedelta(hours=-5)))
    opened = Round("2026-Q4", 5, now, closes)
    with store.work() as work:
        work.rounds.add(opened)
    with store.work() as work:
        assert work.rounds.get("2026-Q4") == opened


def test_a_key_can_be_taken_only_once(store: SqlStore, open_round: Round, now: datetime) -> None:
    """Opening a round under a key that is taken is bad input, and the first round stays as it is."""
    with pytest.raises(BadInput, match="2026-Q4"), store.work() as work:
        work.rounds.add(Round("2026-Q4", 9, now))
    with store.work() as work:
        assert work.rounds.get("2026-Q4") == open_round


def test_a_round_that_is_not_there_is_unknown(store: SqlStore, now: datetime) -> None:
    """Asking for, closing or counting a round that was never opened raises Unknown."""
    with store.work() as work:
        for ask in (
            work.rounds.get,
            lambda key: work.rounds.status(key, OPERATOR),
            lambda key: work.rounds.close(key, now),
        ):
            with pytest.raises(Unknown, match="2031-Q1"):
                ask("2031-Q1")


def test_the_round_opened_last_comes_first(store: SqlStore, now: datetime) -> None:
    """Rounds are listed newest first, and by order of opening where the time is the same."""
    with store.work() as work:
        work.rounds.add(Round("b", 4, now))
        work.rounds.add(Round("a", 4, now))
        work.rounds.add(Round("older", 4, now - timedelta(days=90)))
        assert [round_.key for round_ in work.rounds.all()] == ["a", "b", "older"]


def test_closing_a_round_twice_keeps_the_first_time(store: SqlStore, open_round: Round, now: datetime) -> None:
    """A closed round stays as it is."""
    with store.work() as work:
        work.rounds.close(open_round.key, now)
        work.rounds.close(open_round.key, now + timedelta(days=1))
        assert work.rounds.get(open_round.key).closed_at == now


def test_the_database_itself_refuses_another_floor(
    store: SqlStore, open_round: Round, installation: Installation
) -> None:
    """Not even somebody with the database in their hands lowers the floor of a round by an update."""
    with pytest.raises(REFUSED, match="the floor of a round never changes"):
        installation.ask("UPDATE round SET floor = 3")
    with store.work() as work:
        assert work.rounds.get(open_round.key).floor == 4


OPENED_ANEW = "INTO round (number, key, floor, opened_at) VALUES (1, '2026-Q4', 3, '2026-11-23')"
IN_ANY = [
    "UPDATE round SET floor = 3",
    "DELETE FROM round",
    "UPDATE round SET key = '2026-Q4-old'",
    "UPDATE conversation SET round_key = 'low'",
]
IN_SQLITE = ["UPDATE OR REPLACE round SET floor = 3", f"INSERT OR REPLACE {OPENED_ANEW}"]
IN_POSTGRESQL = [f"INSERT {OPENED_ANEW} ON CONFLICT (number) DO UPDATE SET floor = 3"]


@pytest.mark.parametrize(
    ("kind", "attempt"),
    [*(("sqlite", one) for one in IN_ANY + IN_SQLITE), *(("postgresql", one) for one in IN_ANY + IN_POSTGRESQL)],
    indirect=["kind"],
)
def test_the_floor_is_not_got_round_by_the_apps_own_connection(
    store: SqlStore, open_round: Round, keep: Callable[..., Conversation], now: datetime, kind: str, attempt: str
) -> None:
    """With feedback in a round it is neither deleted nor opened anew, and no feedback moves to a round with less."""
    keep("f", author="li@acme.example", kind=ConversationKind.FEEDBACK, about="mia@acme.example")
    with store.work() as work:
        work.rounds.add(Round("low", 3, now))
    with closing(store._database.engine.raw_connection()) as connection:
        connection.detach()
        if kind == "sqlite":
            connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with pytest.raises(REFUSED, match=r"never changes|stays"):
            connection.cursor().execute(attempt)
    with store.work() as work:
        assert work.rounds.get(open_round.key).floor == 4
        assert work.conversations.by_author("li@acme.example", person("li@acme.example"))[0].round_key == "2026-Q4"


def test_counts_are_for_those_who_run_rounds(store: SqlStore, open_round: Round) -> None:
    """An admin and the operator see them; a leader and the analysis do not."""
    with store.work() as work:
        work.people.save(
            [
                Person("ada@acme.example", "Ada", None, role=Role.ADMIN),
                Person("toni@acme.example", "Toni", None, role=Role.LEADER),
            ]
        )
        for viewer in (person("ada@acme.example"), OPERATOR):
            assert work.rounds.status(open_round.key, viewer).round == open_round
        for viewer in (person("toni@acme.example"), person("nobody@acme.example"), ANALYSIS):
            with pytest.raises(Refused):
                work.rounds.status(open_round.key, viewer)


def test_members_are_replaced_as_a_whole(store: SqlStore, open_round: Round) -> None:
    """Who is asked is what was set last, by member."""
    first = [Membership("2026-Q4", "tom@acme.example", "mia@acme.example")]
    second = [Membership("2026-Q4", member, "ana@acme.example") for member in ("mia@acme.example", "li@acme.example")]
    with store.work() as work:
        work.rounds.set_members(open_round.key, first)
        work.rounds.set_members(open_round.key, second)
        assert work.rounds.members(open_round.key) == (second[1], second[0])


def test_the_status_counts_people_sent_conversations_and_reports(
    store: SqlStore, open_round: Round, keep: Callable[..., Conversation], report: Callable[..., Report]
) -> None:
    """Drafts do not count, a manager with two people is one manager, and two answers are too few to be told."""
    line = [("li", "mia"), ("tom", "mia"), ("mia", "ana")]
    members = [Membership("2026-Q4", f"{a}@acme.example", f"{b}@acme.example") for a, b in line]
    feedback: dict[str, Any] = {"kind": ConversationKind.FEEDBACK, "about": "mia@acme.example"}
    keep("r1")
    keep("f1", author="li@acme.example", **feedback)
    keep("f2", author="tom@acme.example", **feedback)
    keep("f3", author="tom@acme.example", state=ConversationState.DRAFT, **feedback)
    with store.work() as work:
        work.rounds.set_members("2026-Q4", members)
        work.reports.save(report())
        assert work.rounds.status("2026-Q4", OPERATOR) == RoundStatus(open_round, 2, 3, 1, 0, 1)


def test_somebodys_teams_are_those_of_every_round_that_asked_them(
    store: SqlStore, open_round: Round, now: datetime
) -> None:
    """By round, with whoever was the manager then; others of the same team are not among them."""
    li, bo, mia, tom = (f"{name}@acme.example" for name in ("li", "bo", "mia", "tom"))
    with store.work() as work:
        work.rounds.add(Round("2026-Q3", 4, now))
        work.rounds.set_members(open_round.key, [Membership(open_round.key, member, mia) for member in (li, bo)])
        work.rounds.set_members("2026-Q3", [Membership("2026-Q3", li, tom)])
        assert work.rounds.teams_of(li) == (Membership("2026-Q3", li, tom), Membership(open_round.key, li, mia))
        assert work.rounds.teams_of(mia) == ()
