"""What is written down about looks, and who is shown that."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.reading_log import Capacity, LogEntry, Looked, Outcome
from assistant.domain.words import Role
from assistant.loop.insight import Wanted, read_insight
from assistant.loop.organisation import import_people
from assistant.loop.own_data import export_own
from assistant.loop.reader_log import LOOKS_A_PAGE, check_log, who_has_looked, whole_log
from assistant.loop.reports import read_all_reports, read_report
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_finding, a_report, a_suppressed_report

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ADA, MIA, LEO, LI = "ada@acme.example", "mia@acme.example", "leo@acme.example", "li@acme.example"


@pytest.fixture
def store(tmp_path: Path):
    """Ada leads Mia, who leads Li, and Leo; there are reports of the closed 2026-Q3 and the open 2026-Q4."""
    opened = SqlStore.open(tmp_path)
    import_people(
        opened,
        [
            Person(ADA, "Ada Byron", None, "Board", Role.LEADER),
            Person(MIA, "Mia Berg", ADA, "Heads"),
            Person(LEO, "Leo Stern", ADA, "Heads"),
            Person(LI, "Li Wei", MIA, "Pricing"),
            Person("ben@acme.example", "Ben Holt", LEO, "Depot"),
        ],
    )
    open_round(opened, "2026-Q3", NOW - timedelta(days=90))
    close_round(opened, "2026-Q3", NOW - timedelta(days=60))
    open_round(opened, "2026-Q4", NOW - timedelta(days=5))
    with opened.work() as work:
        for key in ("2026-Q3", "2026-Q4"):
            work.reports.save(a_report(MIA, a_finding(), round_key=key))
            work.reports.save(a_suppressed_report(LEO, round_key=key))
    yield opened
    opened.close()


def noted(store: SqlStore) -> tuple[LogEntry, ...]:
    """All entries."""
    return tuple(link.entry for link in whole_log(store, OPERATOR))


def test_a_refused_look_is_noted_though_its_work_is_undone(store):
    """Who was refused, and about whom they would have read."""
    with pytest.raises(Refused):
        read_report(store, person(LEO), MIA, "2026-Q3", NOW)
    with pytest.raises(Refused):
        export_own(store, person(LEO), LI, NOW)
    with pytest.raises(Refused):
        read_insight(store, person(MIA), MIA, Wanted(), NOW)
    kinds = [(entry.looked, entry.about, entry.outcome) for entry in noted(store)]
    assert kinds == [
        (Looked.REPORT, (MIA,), Outcome.REFUSED),
        (Looked.EXPORT, (LI,), Outcome.REFUSED),
        (Looked.OVERVIEW, (), Outcome.REFUSED),
    ]


def test_a_report_below_the_floor_is_noted_as_suppressed(store):
    """For one report, for all of a round, and in an overview."""
    read_report(store, OPERATOR, LEO, "2026-Q3", NOW)
    read_all_reports(store, OPERATOR, "2026-Q3", NOW)
    read_insight(store, person(ADA), ADA, Wanted(), NOW)
    kinds = [(entry.looked, entry.about, entry.outcome, entry.capacity) for entry in noted(store)]
    assert kinds == [
        (Looked.REPORT, (LEO,), Outcome.SUPPRESSED, Capacity.OPERATOR),
        (Looked.REPORT, (MIA,), Outcome.SHOWN, Capacity.OPERATOR),
        (Looked.REPORT, (LEO,), Outcome.SUPPRESSED, Capacity.OPERATOR),
        (Looked.OVERVIEW, (MIA,), Outcome.SHOWN, Capacity.LEADER),
        (Looked.OVERVIEW, (LEO,), Outcome.SUPPRESSED, Capacity.LEADER),
    ]


def test_a_manager_who_looks_at_their_own_report_is_noted_once_a_day(store):
    """The team can see that it was read, and not how often."""
    for hours in (0, 1, 14, 15, 16):
        read_report(store, person(MIA), MIA, "2026-Q3", NOW + timedelta(hours=hours))
    assert [entry.at for entry in noted(store)] == [NOW, NOW + timedelta(hours=15)]


def test_team_members_see_who_looked_at_their_team_and_managers_who_looked_at_them(store):
    """Of an entry about several managers each sees their own; nobody sees those of another team."""
    read_all_reports(store, OPERATOR, "2026-Q3", NOW)
    read_insight(store, person(ADA), ADA, Wanted(), NOW)
    for who in (LI, MIA):
        looks = who_has_looked(store, person(who), 1).looks
        assert [(entry.reader, entry.about) for entry in looks] == [(ADA, (MIA,)), ("operator", (MIA,))]
    assert [entry.about for entry in who_has_looked(store, person("ben@acme.example"), 1).looks] == [(LEO,), (LEO,)]
    assert who_has_looked(store, person(ADA), 1).looks == ()


def test_an_export_is_shown_to_the_person_whose_data_it_was_alone(store):
    """Their manager and their team learn nothing of it."""
    export_own(store, OPERATOR, MIA, NOW)
    assert [entry.looked for entry in who_has_looked(store, person(MIA), 1).looks] == [Looked.EXPORT]
    assert who_has_looked(store, person(LI), 1).looks == ()


def test_looking_at_who_has_looked_is_not_noted_and_goes_page_by_page(store):
    """The newest page is the first; a page below it is taken for it."""
    for _ in range(LOOKS_A_PAGE + 1):
        read_report(store, OPERATOR, MIA, "2026-Q3", NOW)
    first, second = (who_has_looked(store, person(LI), page) for page in (1, 2))
    assert (len(first.looks), first.has_older) == (LOOKS_A_PAGE, True)
    assert (len(second.looks), second.has_older) == (1, False)
    assert len(noted(store)) == LOOKS_A_PAGE + 1


def test_the_whole_log_is_for_the_operator(store):
    """People see what is about them, and an admin no more than that."""
    assert check_log(store, OPERATOR, None).broken is None
    for read in (whole_log, lambda *arguments: check_log(*arguments, None)):
        with pytest.raises(Refused):
            read(store, person(ADA))
