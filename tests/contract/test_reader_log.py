"""The reader log: every reading, in order."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.domain.reading_log import LogEntry, Looked
from assistant.stores.sql.store import SqlStore


def test_readings_come_back_oldest_first_as_they_were_noted(store: SqlStore, now: datetime) -> None:
    """The order is that of noting, whatever the clock said."""
    entries = (
        LogEntry(now, "operator", Looked.REPORT, "2026-Q4", ("mia@acme.example", "tom@acme.example")),
        LogEntry(now - timedelta(hours=1), "ana@acme.example", Looked.ANSWER, "2026-Q4", ()),
        LogEntry(now, "operator", Looked.EXPORT, "", ("li@acme.example",)),
    )
    for entry in entries:
        with store.work() as work:
            work.reader_log.note(entry)
    with store.work() as work:
        assert work.reader_log.entries() == entries
