"""A home folder that has been used for a while, and all that is kept in one."""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.domain.conversation import Conversation, Message
from assistant.domain.organisation import Person
from assistant.domain.reading_log import LogEntry, Looked
from assistant.domain.signing_in import Session
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_report

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
BOSS, LEAD = "boss@acme.example", "lead@acme.example"
TEAM = tuple(f"p{n}@acme.example" for n in range(6))
WORD = "unmistakably"


def set_up(home: Path) -> None:
    """A manager with a team that has answered, a report, a session, and a look that was noted."""
    store = SqlStore.open(home)
    put_into(store)
    store.close()


def put_into(store: SqlStore) -> None:
    """The same, into a store that is empty."""
    people = [Person(BOSS, "Bo", None), Person(LEAD, "Lea", BOSS), *(Person(email, "Pat", LEAD) for email in TEAM)]
    import_people(store, people)
    open_round(store, ROUND, NOON)
    answer(store, *TEAM)
    with store.work() as work:
        work.reports.save(a_report(LEAD, round_key=ROUND))
        work.sign_in.add_session(Session("5e" * 32, LEAD, "Firefox", NOON, NOON, NOON + timedelta(hours=12)))
        work.reader_log.note(LogEntry(NOON, "operator", Looked.REPORT, ROUND, (LEAD,)))


def answer(store: SqlStore, *authors: str) -> None:
    """Each says one thing about the manager, in other words than before."""
    import_conversations(store, tuple(map(_feedback, authors)))


def kept(home: Path) -> dict[str, list[tuple]]:
    """All rows of all tables of the database, by table."""
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(file.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}  # noqa: S608


def files(folder: Path) -> dict[str, str]:
    """Digests of the files below a folder that hold something, locks and what SQLite makes for itself aside."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    lasting = (path for path in found if path.suffix not in {".lock", ".owner"} and not path.name.endswith("-shm"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in lasting}


def _feedback(author: str) -> Conversation:
    said = f"She {WORD} took time to show me how the machine works, {uuid.uuid4().hex}."
    messages = (Message(Speaker.ASSISTANT, "What value did your manager bring?"), Message(Speaker.USER, said))
    return Conversation(uuid.uuid4().hex, ROUND, ConversationKind.FEEDBACK, author, LEAD, messages)
