"""Which versions of reports were seen, and on whose answers they rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.publishing import Version
from assistant.domain.report import Report
from assistant.domain.roll_up import RollUp, Side, Tally, Voice
from assistant.domain.rounds import Round
from assistant.domain.words import Fundamental
from assistant.stores.sql.store import SqlStore

MIA, ROUND = "mia@acme.example", "2026-Q4"
TALLY = Tally(5, ((Voice(Side.VALUES, Fundamental.BUILDING_TRUST, "listening"), 4),))


@pytest.fixture(autouse=True)
def _a_round_is_open(open_round: Round) -> None:
    """Versions belong to a round."""
    assert open_round.is_open


def version(*said: str, suppressed: bool = False) -> Version:
    """A version of Mia's report on these contributions, such as ``ann:1``."""
    return Version(ROUND, MIA, suppressed, dict(one.split(":") for one in said), TALLY)


def test_a_version_that_nobody_saw_is_forgotten_by_the_next(store: SqlStore) -> None:
    """Only what was seen can be held against what comes."""
    with store.work() as work:
        work.publications.put(version("a:1"))
        work.publications.put(version("a:1", "b:1"))
        assert work.publications.current(ROUND) == (version("a:1", "b:1"),)
        assert work.publications.seen(ROUND, MIA) == ()


def test_what_was_seen_stays_and_comes_back_as_it_was(store: SqlStore) -> None:
    """All versions that were seen, in order, with the one that is there now as the current."""
    with store.work() as work:
        for one in (version("a:1"), version("a:1", "b:1")):
            work.publications.put(one)
            work.publications.release(ROUND, [MIA])
        work.publications.put(version("c:1"))
    with store.work() as work:
        assert work.publications.seen(ROUND, MIA) == (version("a:1"), version("a:1", "b:1"))
        assert work.publications.current(ROUND) == (version("c:1"),)
        assert not work.publications.is_seen(ROUND, MIA)


def test_a_suppressed_version_is_nothing_to_compare_with(store: SqlStore) -> None:
    """It was seen and showed nothing."""
    with store.work() as work:
        work.publications.put(version("a:1", suppressed=True))
        work.publications.release(ROUND, [MIA])
        assert work.publications.is_seen(ROUND, MIA)
        assert work.publications.seen(ROUND, MIA) == ()


@pytest.mark.parametrize("viewer", [OPERATOR, person(MIA)], ids=str)
def test_whoever_is_given_a_report_has_seen_it(
    store: SqlStore, report: Callable[..., Report], now: datetime, viewer
) -> None:
    """No use case has to remember to say so; only the analysis looks without having seen."""
    with store.work() as work:
        work.rounds.close(ROUND, now)
        work.reports.save(report())
        work.publications.put(version("a:1"))
        work.reports.get(MIA, ROUND, ANALYSIS)
        assert not work.publications.is_seen(ROUND, MIA)
        work.reports.get(MIA, ROUND, viewer)
        assert work.publications.is_seen(ROUND, MIA)


def test_a_report_is_withdrawn_only_where_nobody_has_seen_it(store: SqlStore, report: Callable[..., Report]) -> None:
    """What was seen stays with what is kept of it."""
    with store.work() as work:
        work.reports.save(report())
        work.publications.put(version("a:1"))
        work.reports.withdraw_unseen(MIA, ROUND)
        assert work.reports.get(MIA, ROUND, ANALYSIS) is None
        assert work.publications.current(ROUND) == ()
        work.reports.save(report())
        work.publications.put(version("a:1"))
        work.reports.get(MIA, ROUND, OPERATOR)
        work.reports.withdraw_unseen(MIA, ROUND)
        assert work.reports.get(MIA, ROUND, ANALYSIS) == report()


def test_reports_that_stay_are_counted_until_one_takes_their_place(store: SqlStore) -> None:
    """The count is of managers, and goes down again with a new version."""
    with store.work() as work:
        work.publications.put(version("a:1"))
        work.publications.release(ROUND, [MIA])
        work.publications.set_stays(ROUND, MIA, stays=True)
        assert work.publications.staying(ROUND) == 1
        work.publications.put(version("b:1"))
        assert work.publications.staying(ROUND) == 0


def test_the_key_of_a_round_is_its_own_and_stays(store: SqlStore, now: datetime) -> None:
    """Digests of two rounds cannot be laid beside each other."""
    with store.work() as work:
        work.rounds.add(Round("2027-Q1", 4, now))
        first, other = work.publications.key(ROUND), work.publications.key("2027-Q1")
        assert len(first) == 32
        assert first != other
    with store.work() as work:
        assert work.publications.key(ROUND) == first


def test_a_roll_up_comes_back_as_it_was_first_shown(store: SqlStore) -> None:
    """With its numbers, and for its leader only."""
    kept = RollUp(ROUND, MIA, 9, TALLY.voices)
    with store.work() as work:
        work.publications.keep_roll_ups([kept])
        assert work.publications.roll_up(ROUND, MIA) == kept
        assert work.publications.roll_up(ROUND, "leo@acme.example") is None


def test_nothing_is_left_of_the_reports_of_somebody_who_is_erased(
    store: SqlStore, report: Callable[..., Report]
) -> None:
    """With the reports goes what was kept of them."""
    with store.work() as work:
        work.reports.save(report())
        work.publications.put(version("a:1"))
        work.reports.get(MIA, ROUND, OPERATOR)
        work.reports.remove(MIA)
        assert work.publications.current(ROUND) == ()
        assert work.publications.seen(ROUND, MIA) == ()
