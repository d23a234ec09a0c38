"""What calls used: sums by day, and nothing about a single call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

from assistant.domain.usage import CallKind, CallPurpose, Used
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
TURNS = CallKind("2026-Q4", CallPurpose.TURNS, "next-turn@1-abc", "small")
TRIAL = CallKind(None, CallPurpose.TRIALS, "try-model@1-abc", "small")
ONE = Used(calls=1, tokens_in=100, tokens_cached=40, tokens_out=7)


def test_what_is_added_is_summed_over_days(store: SqlStore) -> None:
    """Each kind of call by itself, for one round or for everything."""
    with store.work() as work:
        work.usage.add(TODAY, TURNS, ONE)
        work.usage.add(TODAY, TURNS, Used(stand_ins=1, kept_back=2))
        work.usage.add(TOMORROW, TURNS, ONE)
        work.usage.add(TODAY, TRIAL, ONE)
    both = Used(2, 200, 80, 14, 1, 2)
    with store.work() as work:
        assert work.usage.sums() == {TRIAL: ONE, TURNS: both}
        assert work.usage.sums("2026-Q4") == {TURNS: both}
        assert work.usage.sums("2026-Q3") == {}


def test_a_day_of_calls_is_one_row(store: SqlStore, installation: Installation) -> None:
    """Nobody can tell from it when in the day somebody wrote, or how many people did."""
    for _ in range(5):
        with store.work() as work:
            work.usage.add(TODAY, TURNS, ONE)
    assert installation.ask("SELECT day, calls FROM usage") == [("2026-11-23", 5)]


def test_nothing_is_lost_between_two_that_add_at_once(store: SqlStore, installation: Installation) -> None:
    """Two stores on one database, as two processes have them."""
    other = installation.open()

    def add(which: SqlStore) -> None:
        for _ in range(20):
            with which.work() as work:
                work.usage.add(TODAY, TURNS, ONE)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, (store, other)))
    other.close()
    with store.work() as work:
        assert work.usage.sums()[TURNS].calls == 40
