"""The tables are made by migrations alone, and the two never part."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from assistant.stores.sql.database import make_engine, prepare_folder
from assistant.stores.sql.migrating import HEAD, MIGRATIONS, bring_up_to_date, migrate
from assistant.stores.sql.tables import metadata


@pytest.fixture
def path(home: Path) -> Path:
    return prepare_folder(home)


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = make_engine(path, patience=1)
    yield made
    made.dispose()


def schema(path: Path) -> set[str]:
    """Everything that the file defines."""
    with sqlite3.connect(path) as file:
        found = {sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    file.close()
    return found


def test_migrations_make_exactly_the_tables_that_the_code_knows(engine: Engine, path: Path) -> None:
    """Alembic finds no difference between a migrated file and the declared tables."""
    bring_up_to_date(engine, path, patience=1)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_go_down_to_nothing_and_up_again(engine: Engine, path: Path) -> None:
    """The way back leaves no table, and the way up makes the same ones as the first time."""
    bring_up_to_date(engine, path, patience=1)
    first = schema(path)
    migrate(engine, "base")
    assert [sql for sql in schema(path) if "alembic_version" not in sql and "sqlite_sequence" not in sql] == []
    migrate(engine, HEAD)
    assert schema(path) == first


def test_the_newest_migration_is_the_one_that_a_store_opens_with() -> None:
    """A forgotten change of HEAD would let an old file pass as up to date."""
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_signals_keep_their_meaning_on_the_way_up_and_down(engine: Engine, path: Path) -> None:
    """What was described becomes certain; on the way back what is more probable than not was described."""

    def signals() -> list[object]:
        with closing(sqlite3.connect(path)) as file:
            return [json.loads(kept) for (kept,) in file.execute("SELECT signals FROM reading ORDER BY conversation")]

    migrate(engine, "0002")
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("PRAGMA foreign_keys = OFF")
        rows = [("a", "e", '["safety", "fear"]', 0, "en"), ("b", "e", "[]", 0, "en")]
        file.executemany(
            "INSERT INTO reading (conversation, engine, signals, unsure, language) VALUES (?,?,?,?,?)", rows
        )
    migrate(engine, "0003")
    assert signals() == [{"safety": 1.0, "fear": 1.0}, {}]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("""UPDATE reading SET signals = '{"safety": 0.5, "fear": 0.49}' WHERE conversation = 'a'""")
    migrate(engine, "0002")
    assert signals() == [["safety"], []]


def test_a_migration_that_fails_changes_nothing(engine: Engine, path: Path) -> None:
    """All tables or none: where one of them is in the way, the others are not made either."""
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE index_task (number INTEGER)")
    file.close()
    before = schema(path)
    with pytest.raises(Exception, match="index_task already exists"):
        migrate(engine, HEAD)
    assert schema(path) == before
