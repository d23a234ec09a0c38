"""The tables are made by migrations alone, and the two never part."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from assistant.domain.access import OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.corrections import Correction, read_in
from assistant.domain.interview import InterviewState
from assistant.domain.log_chain import verify
from assistant.domain.reading_log import Capacity, Outcome
from assistant.domain.report import Report
from assistant.domain.statements import Reading, Statement
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.sql.database import FILE, empty_journal, make_engine, prepare_folder
from assistant.stores.sql.migrating import HEAD, MIGRATIONS, bring_up_to_date, migrate
from assistant.stores.sql.reader_log import SqlReaderLog
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.tables import metadata


@pytest.fixture
def path(home: Path) -> Path:
    return prepare_folder(home)


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = make_engine(path, patience=1)
    yield made
    made.dispose()


@pytest.fixture
def keyring(path: Path) -> SqliteKeyring:
    return SqliteKeyring.open(path.parent)


def schema(path: Path) -> set[str]:
    """Everything that the file defines."""
    with sqlite3.connect(path) as file:
        found = {sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    file.close()
    return found


def test_migrations_make_exactly_the_tables_that_the_code_knows(
    engine: Engine, path: Path, keyring: SqliteKeyring
) -> None:
    """Alembic finds no difference between a migrated file and the declared tables."""
    bring_up_to_date(engine, path, 1, keyring)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(engine: Engine, path: Path, keyring: SqliteKeyring) -> None:
    """The way back leaves no table, and the way up makes the same ones as the first time."""
    bring_up_to_date(engine, path, 1, keyring)
    first = schema(path)
    migrate(engine, "base", keyring)
    assert [sql for sql in schema(path) if "alembic_version" not in sql and "sqlite_sequence" not in sql] == []
    migrate(engine, HEAD, keyring)
    assert schema(path) == first


def test_the_newest_migration_is_the_one_that_a_store_opens_with() -> None:
    """A forgotten change of HEAD would let an old file pass as up to date."""
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_signals_keep_their_meaning_on_the_way_up_and_down(engine: Engine, path: Path, keyring: SqliteKeyring) -> None:
    """What was described becomes certain; on the way back what is more probable than not was described."""

    def signals() -> list[object]:
        with closing(sqlite3.connect(path)) as file:
            return [json.loads(kept) for (kept,) in file.execute("SELECT signals FROM reading ORDER BY conversation")]

    migrate(engine, "0002", keyring)
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA foreign_keys = OFF")
        rows = [("a", "e", '["safety", "fear"]', 0, "en"), ("b", "e", "[]", 0, "en")]
        file.executemany(
            "INSERT INTO reading (conversation, engine, signals, unsure, language) VALUES (?,?,?,?,?)", rows
        )
    migrate(engine, "0003", keyring)
    assert signals() == [{"safety": 1.0, "fear": 1.0}, {}]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("""UPDATE reading SET signals = '{"safety": 0.5, "fear": 0.49}' WHERE conversation = 'a'""")
    migrate(engine, "0002", keyring)
    assert signals() == [["safety"], []]


PLAIN = "SELECT content FROM message", "SELECT text, behaviour FROM statement", "SELECT signals, unsure FROM reading"
CORRECTED = "SELECT digest, was_stance, behaviour FROM correction"
QUOTED = "SELECT json_extract(body, '$.claims[0].text') FROM report"


@pytest.fixture
def filled(
    home: Path,
    store: SqlStore,
    keep: Callable[..., Conversation],
    statement: Callable[..., Statement],
    reading: Callable[..., Reading],
    report: Callable[..., Report],
) -> Path:
    """A database of the version before words were locked, with something of everything, and its keyring beside it."""
    held = keep("d", state=ConversationState.DRAFT)
    line = statement(held)
    with store.work() as work:
        work.conversations.set_state("d", InterviewState(), person(held.author))
        work.statements.save("d", "e", reading(line))
        work.statements.correct(Correction("d", line.span, "digest", read_in(line), None), person(held.author))
        work.reports.save(report())
    store.close()
    engine = make_engine(home / FILE, 1)
    migrate(engine, "0005", SqliteKeyring.open(home))
    empty_journal(engine)
    engine.dispose()
    return home / FILE


def kept(path: Path) -> list[list[tuple[object, ...]]]:
    """What is kept in plain."""
    with closing(sqlite3.connect(path)) as file:
        return [file.execute(query).fetchall() for query in (*PLAIN, CORRECTED, QUOTED)]


def test_words_are_locked_on_the_way_up_and_unlocked_on_the_way_down(
    filled: Path, home: Path, conversation: Callable[..., Conversation], report: Callable[..., Report]
) -> None:
    """Afterwards no file holds them in plain, everybody reads what they read before, and the way back loses nothing."""
    word = b"onto the pricing work"
    before = kept(filled)
    assert word in filled.read_bytes()
    (home / "keys.sqlite3").unlink()
    store = SqlStore.open(home)
    assert [path.name for path in home.iterdir() if word in path.read_bytes()] == []
    with store.work() as work:
        mine = conversation("d", state=ConversationState.DRAFT)
        assert work.conversations.get("d", person(mine.author)) == mine
        assert work.statements.of("d", "e", person(mine.author)).language == "de"
        assert work.reports.get(mine.author, "2026-Q4", OPERATOR) == report()
    store.close()
    engine = make_engine(filled, 1)
    migrate(engine, "0005", SqliteKeyring.open(home))
    engine.dispose()
    assert kept(filled) == before


def test_looks_of_before_are_chained_on_the_way_up_and_plain_again_on_the_way_down(
    engine: Engine, path: Path, keyring: SqliteKeyring
) -> None:
    """They keep their order and what they say; what was not noted then is said to be so."""
    before = [
        ("2026-11-02 09:30:00.000000", "operator", "report", "2026-Q4", '["mia@acme.example"]'),
        ("2026-11-01 08:00:00.123456", "adä@acme.example", "answer", "2026-Q4", "[]"),
    ]
    migrate(engine, "0005", keyring)
    with closing(sqlite3.connect(path)) as file, file:
        rows = "INSERT INTO reader_log (number, at, reader, looked, round_key, about) VALUES (?, ?, ?, ?, ?, ?)"
        file.executemany(rows, [(3 + n, *look) for n, look in enumerate(before)])
    migrate(engine, HEAD, keyring)
    with engine.begin() as connection:
        chain = SqlReaderLog(connection).chain()
    assert verify(chain).broken is None
    assert [(link.entry.reader, link.entry.about) for link in chain] == [
        ("operator", ("mia@acme.example",)),
        ("adä@acme.example", ()),
    ]
    assert {(link.entry.capacity, link.entry.outcome) for link in chain} == {(Capacity.NOT_NOTED, Outcome.NOT_NOTED)}
    migrate(engine, "0005", keyring)
    with closing(sqlite3.connect(path)) as file:
        plain = "SELECT at, reader, looked, round_key, about FROM reader_log ORDER BY number"
        assert file.execute(plain).fetchall() == before


def test_a_migration_that_fails_changes_nothing(engine: Engine, path: Path, keyring: SqliteKeyring) -> None:
    """All tables or none: where one of them is in the way, the others are not made either."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE index_task (number INTEGER)")
    file.close()
    before = schema(path)
    with pytest.raises(Exception, match="index_task already exists"):
        migrate(engine, HEAD, keyring)
    assert schema(path) == before
