"""The reader log: every look, in order, and for good."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from assistant.domain.inquiry import Measure
from assistant.domain.log_chain import BEGINNING, verify
from assistant.domain.reading_log import AskedFor, Capacity, LogEntry, Looked, Outcome, Sight
from assistant.domain.words import FindingKind, Fundamental
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation, let_go

ADA, MIA, TOM, LI = "ada@acme.example", "mia@acme.example", "tom@acme.example", "li@acme.example"
ASKED = AskedFor(Measure.FINDINGS, (Fundamental.BUILDING_TRUST,), (FindingKind.BLIND_SPOT,))


def note(store: SqlStore, *entries: LogEntry) -> None:
    """Each in a transaction of its own, as looks come."""
    for entry in entries:
        with store.work() as work:
            work.reader_log.note(entry)


@pytest.fixture
def looks(now: datetime) -> tuple[LogEntry, ...]:
    """Three looks; the clock went back before the second."""
    return (
        LogEntry(now, "operator", Looked.REPORT, "2026-Q4", (MIA, TOM), Capacity.OPERATOR),
        LogEntry(
            now - timedelta(hours=1), ADA, Looked.ANSWER, "2026-Q4", (), Capacity.LEADER, Outcome.SUPPRESSED, ASKED
        ),
        LogEntry(now, "operator", Looked.EXPORT, "", (LI,), Capacity.OPERATOR),
    )


def test_looks_come_back_oldest_first_as_they_were_noted(store: SqlStore, looks: tuple[LogEntry, ...]) -> None:
    """The order is that of noting, whatever the clock said."""
    note(store, *looks)
    with store.work() as work:
        assert work.reader_log.entries() == looks


def test_looks_are_one_chain(store: SqlStore, looks: tuple[LogEntry, ...]) -> None:
    """Each follows on the one before, and the first on the beginning."""
    note(store, *looks)
    with store.work() as work:
        chain = work.reader_log.chain()
    assert [link.number for link in chain] == [1, 2, 3]
    assert [link.previous for link in chain] == [BEGINNING, chain[0].digest, chain[1].digest]
    assert verify(chain).broken is None


def test_looks_of_many_threads_and_of_work_undone_are_still_one_chain(store: SqlStore, now: datetime) -> None:
    """Who comes second follows on the first, and what is undone leaves no hole."""

    def look_often(reader: str) -> None:
        for number in range(10):
            entry = LogEntry(now, reader, Looked.REPORT, str(number), (MIA,))
            note(store, entry)
            with pytest.raises(ZeroDivisionError):
                undone(entry)

    def undone(entry: LogEntry) -> None:
        with store.work() as work:
            work.reader_log.note(entry)
            raise ZeroDivisionError

    threads = [threading.Thread(target=look_often, args=(reader,)) for reader in (ADA, "operator", TOM)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.work() as work:
        chain = work.reader_log.chain()
    assert (len(chain), verify(chain).broken) == (30, None)


DOUBLED = (
    "INSERT INTO reader_log SELECT 4, at, reader, capacity, looked, asked, outcome, round_key, about, previous, digest "
    "FROM reader_log WHERE number = 3"
)
IN_ANY = [
    "UPDATE reader_log SET about = '[]' WHERE number = 1",
    "DELETE FROM reader_log WHERE number = 3",
    "DELETE FROM reader_log",
    DOUBLED,
]
IN_SQLITE = [
    "INSERT OR REPLACE INTO reader_log SELECT number, at, 'nobody', capacity, looked, asked, outcome, round_key, "
    "about, previous, digest FROM reader_log WHERE number = 3",
]
IN_POSTGRESQL = [f"{DOUBLED} ON CONFLICT DO NOTHING", "TRUNCATE reader_log"]


@pytest.mark.parametrize(
    ("kind", "statement"),
    [*(("sqlite", one) for one in IN_ANY + IN_SQLITE), *(("postgresql", one) for one in IN_ANY + IN_POSTGRESQL)],
    indirect=["kind"],
)
def test_the_database_itself_lets_no_entry_be_changed_taken_out_or_doubled(
    store: SqlStore, installation: Installation, looks: tuple[LogEntry, ...], statement: str
) -> None:
    """Plain SQL through a connection as the app makes it is refused."""
    note(store, *looks)
    with (
        let_go(installation.database()) as database,
        pytest.raises(DBAPIError, match="an entry of the reader log"),
        database.begin() as connection,
    ):
        connection.exec_driver_sql(statement)
    with store.work() as work:
        assert work.reader_log.entries() == looks


def test_people_see_looks_at_themselves_and_at_their_team_of_that_round(store: SqlStore, now: datetime) -> None:
    """Not those of another round or manager, and nobody else's export; newest first, page by page."""
    entries = [
        LogEntry(now, ADA, Looked.REPORT, "2026-Q3", (MIA,)),
        LogEntry(now, ADA, Looked.REPORT, "2026-Q4", (MIA, TOM)),
        LogEntry(now, ADA, Looked.REPORT, "2026-Q4", (TOM,)),
        LogEntry(now, "operator", Looked.EXPORT, "", (MIA,)),
        LogEntry(now, "operator", Looked.EXPORT, "", (LI,)),
        LogEntry(now, "operator", Looked.REPORT, "2026-Q4", (MIA,)),
    ]
    note(store, *entries)
    sight = Sight(LI, (("2026-Q4", MIA),))
    with store.work() as work:
        seen = work.reader_log.seen_by(sight, 10)
        assert seen == (entries[5], entries[4], entries[1])
        assert work.reader_log.seen_by(sight, 2) == seen[:2]
        assert work.reader_log.seen_by(sight, 2, skip=2) == seen[2:]
        assert work.reader_log.seen_by(Sight("ana@acme.example", ()), 10) == ()
    assert [sight.of(entry) for entry in seen] == [(MIA,), (LI,), (MIA,)]


def test_the_same_look_is_found_again_since_a_time(store: SqlStore, now: datetime) -> None:
    """The same reader, kind, round, people and outcome; older ones do not count."""
    entry = LogEntry(now, MIA, Looked.REPORT, "2026-Q4", (MIA,))
    note(store, entry)
    with store.work() as work:
        assert work.reader_log.has_since(entry, now)
        assert not work.reader_log.has_since(entry, now + timedelta(seconds=1))
        for other in (
            LogEntry(now, MIA, Looked.REPORT, "2026-Q4", (MIA, TOM)),
            LogEntry(now, MIA, Looked.REPORT, "2026-Q3", (MIA,)),
            LogEntry(now, MIA, Looked.OVERVIEW, "2026-Q4", (MIA,)),
            LogEntry(now, MIA, Looked.REPORT, "2026-Q4", (MIA,), outcome=Outcome.SUPPRESSED),
        ):
            assert not work.reader_log.has_since(other, now)
