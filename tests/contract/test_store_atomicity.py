"""A transaction is kept as a whole or not at all, whatever happens in the middle of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.reading_log import LogEntry, Looked
from assistant.domain.report import Report
from assistant.domain.words import Speaker
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

MIA = person("mia@acme.example")


def test_an_error_in_the_middle_leaves_nothing(
    store: SqlStore,
    installation: Installation,
    keep: Callable[..., Conversation],
    report: Callable[..., Report],
    now: datetime,
) -> None:
    """Whatever was written before the error, in any table, is as if it had never been."""
    keep("d", state=ConversationState.DRAFT)
    before = installation.rows()

    def write() -> None:
        with store.work() as work:
            work.people.save([Person("ana@acme.example", "Ana", None)])
            work.reports.save(report())
            work.reader_log.note(LogEntry(now, "operator", Looked.REPORT, "2026-Q4", ()))
            work.conversations.discard("d", MIA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert installation.rows() == before


def test_a_transaction_within_another_one_is_refused_at_once(store: SqlStore) -> None:
    """It would wait for the one that waits for it; the outer one goes on, and so does the thread afterwards."""
    with store.work() as work:
        with pytest.raises(RuntimeError, match="within another"), store.work():
            pass
        work.people.save([Person("ana@acme.example", "Ana", None)])
    with store.work() as work:
        assert list(work.people.organisation().people) == ["ana@acme.example"]


def test_a_refusal_by_the_store_itself_leaves_nothing(store: SqlStore, keep: Callable[..., Conversation]) -> None:
    """An error that comes from within undoes what was done before it, too."""
    keep("d", state=ConversationState.DRAFT)
    more = Message(Speaker.ASSISTANT, "And then?")

    def write_twice() -> None:
        with store.work() as work:
            work.conversations.append("d", 2, more, MIA)
            work.conversations.append("d", 2, more, MIA)

    with pytest.raises(Refused):
        write_twice()
    with store.work() as work:
        assert len(work.conversations.get("d", MIA).messages) == 2


def test_an_error_text_never_holds_what_was_to_be_written(
    store: SqlStore, keep: Callable[..., Conversation], conversation: Callable[..., Conversation]
) -> None:
    """A mistake of ours surfaces as itself, without anybody's words in it."""
    keep("a")
    with pytest.raises(IntegrityError) as raised, store.work() as work:
        work.conversations.add(conversation("a", said="xylographically"), "another fingerprint")
    assert "xylographically" not in str(raised.value)
    assert "mia@acme.example" not in str(raised.value)


def test_threads_that_write_at_once_lose_nothing(store: SqlStore, keep: Callable[..., Conversation]) -> None:
    """Eight threads each read the length of a conversation and add the next message, fifteen times."""
    keep("d", state=ConversationState.DRAFT)

    def talk() -> None:
        for _ in range(15):
            with store.work() as work:
                place = len(work.conversations.get("d", MIA).messages)
                work.conversations.append("d", place, Message(Speaker.USER, f"turn {place}"), MIA)

    with ThreadPoolExecutor(8) as threads:
        for talking in [threads.submit(talk) for _ in range(8)]:
            talking.result()
    with store.work() as work:
        said = [message.content for message in work.conversations.get("d", MIA).messages[2:]]
    assert said == [f"turn {place}" for place in range(2, 122)]


NOTING = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from assistant.domain.reading_log import LogEntry, Looked
from assistant.stores.sql.store import SqlStore
store = SqlStore.open(Path(sys.argv[1]), url=sys.argv[2] or None)
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    with store.work() as work:
        noted = len(work.reader_log.entries())
        time.sleep(0.002)
        work.reader_log.note(LogEntry(datetime.now(UTC), "operator", Looked.REPORT, str(noted), ()))
"""


def test_processes_that_write_at_once_lose_nothing(store: SqlStore, installation: Installation) -> None:
    """Two processes each read how many entries there are and add one more, forty times: every number is there once."""
    started = [
        subprocess.Popen([*in_process(NOTING, installation)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    assert [process.stdout and process.stdout.readline() for process in started] == [b"ready\n"] * 2
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=60)
    assert [process.returncode for process in started] == [0, 0]
    with store.work() as work:
        assert [entry.round_key for entry in work.reader_log.entries()] == [str(number) for number in range(80)]


WRITING = """
import sys
from pathlib import Path
from assistant.domain.organisation import Person
from assistant.stores.sql.store import SqlStore
store = SqlStore.open(Path(sys.argv[1]), url=sys.argv[2] or None)
with store.work() as work:
    work.people.save([Person("first@acme.example", "First", None)])
print("acknowledged", flush=True)
with store.work() as work:
    for number in range(10**9):
        work.people.save([Person(f"p{number}-{i}@acme.example", "P" * 200, None) for i in range(2000)])
        print(number, flush=True)
"""


def test_a_process_killed_in_the_middle_of_a_big_write_leaves_nothing_half_written(
    kind: str, installation: Installation
) -> None:
    """What was acknowledged before is there, nothing of the rest, and the store is sound and opens again."""
    writer = subprocess.Popen([*in_process(WRITING, installation)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer.stdout as told:
        assert told.readline() == "acknowledged\n"
        while told.readline() != "5\n":
            pass
        writer.send_signal(signal.SIGKILL)
        assert writer.wait(30) == -signal.SIGKILL
    if kind == "sqlite":
        assert (installation.home / "value-loop.sqlite3-wal").stat().st_size > 1_000_000
    store = installation.open()
    with store.work() as work:
        assert list(work.people.organisation().people) == ["first@acme.example"]
        work.people.save([Person("second@acme.example", "Second", None)])
    store.close()
    if kind == "sqlite":
        assert installation.ask("PRAGMA integrity_check") == [("ok",)]
    assert installation.rows() == {"person": 2}


def in_process(code: str, installation: Installation) -> tuple[str, ...]:
    """How to run code on an installation in a process of its own."""
    return sys.executable, "-c", code, str(installation.home), installation.url or ""
