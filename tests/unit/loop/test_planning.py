"""Rounds that open by themselves, on a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.notices import Channel
from assistant.domain.organisation import Person
from assistant.domain.planning import Every, PlannedRound
from assistant.loop.announcing import Announcer
from assistant.loop.organisation import import_people
from assistant.loop.planning import open_planned, plan_round, planned_rounds, unplan_round
from assistant.loop.rounds import open_round
from assistant.loop.upkeep import keep_up
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
OPENS, CLOSES = NOON + timedelta(days=4), NOON + timedelta(days=18)
PLAN = PlannedRound("2026-Q4", OPENS, CLOSES, 5, Every.QUARTER)
MIA, LI = "mia@acme.example", "li@acme.example"


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    """Mia leads Li, and rounds are planned every quarter."""
    store = SqlStore.open(tmp_path)
    import_people(store, [Person(MIA, "Mia", None), Person(LI, "Li", MIA)])
    plan_round(store, OPERATOR, PLAN, NOON)
    return store


def keys(store: SqlStore) -> list[str]:
    with store.work() as work:
        return [round_.key for round_ in work.rounds.all()]


def test_a_round_opens_when_its_time_has_come_and_the_next_one_is_planned(store: SqlStore) -> None:
    """With its floor, its end and whoever is there then; not a second before, and not twice."""
    assert open_planned(store, OPENS - timedelta(seconds=1)) == ()
    assert open_planned(store, OPENS) == ("2026-Q4",)
    assert open_planned(store, OPENS) == ()
    with store.work() as work:
        round_ = work.rounds.get("2026-Q4")
        assert (round_.floor, round_.closes_at) == (5, CLOSES)
        assert [one.member for one in work.rounds.members("2026-Q4")] == [LI]
    assert [one.key for one in planned_rounds(store, OPERATOR)] == ["2027-Q1"]


def test_whoever_is_asked_is_invited_in_the_same_transaction(store: SqlStore) -> None:
    """As if somebody had opened it by hand."""
    announcer = Announcer(frozenset({Channel.MAIL}), now=lambda: OPENS)
    assert keep_up(store, OPENS, 90, announcer).opened == ("2026-Q4",)
    with store.work() as work:
        assert {one.person for one in work.outbox.due(Channel.MAIL, OPENS)} == {MIA, LI}


def test_what_would_be_over_is_passed_over(store: SqlStore) -> None:
    """Where nothing ran for half a year, the round that is on now opens."""
    late = OPENS + timedelta(days=190)
    assert open_planned(store, late) == ("2027-Q2",)
    assert [one.key for one in planned_rounds(store, OPERATOR)] == ["2027-Q3"]


def test_a_round_that_was_opened_by_hand_meanwhile_is_left_alone(store: SqlStore) -> None:
    """And the plan goes on after it."""
    open_round(store, "2026-Q4", NOON)
    assert open_planned(store, OPENS) == ()
    assert keys(store) == ["2026-Q4"]
    assert [one.key for one in planned_rounds(store, OPERATOR)] == ["2027-Q1"]


def test_what_is_planned_no_more_does_not_open(store: SqlStore) -> None:
    """Nor what would have followed it."""
    unplan_round(store, OPERATOR, "2026-Q4")
    assert open_planned(store, OPENS) == ()
    with pytest.raises(Unknown):
        unplan_round(store, OPERATOR, "2026-Q4")


def test_a_key_is_planned_once_and_only_while_it_is_free(store: SqlStore) -> None:
    """Whether by a plan or by a round."""
    with pytest.raises(BadInput, match="planned already"):
        plan_round(store, OPERATOR, PLAN, NOON)
    open_round(store, "taken", NOON)
    with pytest.raises(BadInput, match="There is a round taken already"):
        plan_round(store, OPERATOR, PlannedRound("taken", OPENS), NOON)


def test_rounds_are_planned_by_whoever_runs_them(store: SqlStore) -> None:
    """And by nobody else."""
    for do in (
        lambda: plan_round(store, person(MIA), PlannedRound("mine", OPENS), NOON),
        lambda: unplan_round(store, person(MIA), "2026-Q4"),
        lambda: planned_rounds(store, person(MIA)),
    ):
        with pytest.raises(Refused):
            do()
