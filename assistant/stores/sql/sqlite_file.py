"""A database in one file, and how SQLite is to treat it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event

from assistant.ports.handover import Marks
from assistant.ports.store import Duty
from assistant.stores.handover_file import sending_in_folder
from assistant.stores.home_folder import make_home
from assistant.stores.moving.mark import refuse_if_marked
from assistant.stores.sql.database import ask, forget_erasure
from assistant.stores.sql.duties import alone_in_folder
from assistant.stores.sql.faults import being_prepared, busy, in_words
from assistant.stores.sql.turnstile import Turnstile

FILE = "value-loop.sqlite3"
LOCK = "value-loop.lock"


class SqliteFile:
    """See :class:`assistant.stores.sql.database.Database`. Every transaction is alone, whatever it is about."""

    def __init__(self, home: Path, patience: float) -> None:
        """The file under ``home``, made where it is not there; raises Broken where that cannot be."""
        self.path = prepare_folder(home)
        self.engine = make_engine(self.path, patience)
        self._patience = patience
        self._turnstile = Turnstile()

    @property
    def place(self) -> str:
        """The path of the file."""
        return str(self.path)

    @property
    def advice(self) -> str:
        """That another folder can be chosen."""
        return "Choose another folder with VALUE_LOOP_HOME."

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One thread at a time: SQLite's own waiting is by trying again and again, and lets some threads starve."""
        if not self._turnstile.enter(self._patience):
            raise busy()
        try:
            yield
        finally:
            self._turnstile.leave()

    def begin(self, about: Iterable[str] = ()) -> AbstractContextManager[Connection]:  # noqa: ARG002 - alone anyway
        """A transaction that holds the write lock from its beginning."""
        return self.engine.begin()

    def alone(self, duty: Duty) -> AbstractContextManager[None]:
        """By a lock on a file beside it."""
        return alone_in_folder(self.path.parent, duty, self._patience)

    def sending(self) -> AbstractContextManager[Marks]:
        """By such a lock, with the mark in another file beside it."""
        return sending_in_folder(self.path.parent)

    def in_words(self) -> AbstractContextManager[None]:
        """Errors about the file in words."""
        return in_words(self.path)

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """One process at a time, by a lock beside the file."""
        try:
            with FileLock(self.path.parent / LOCK, timeout=self._patience, mode=0o600):
                yield
        except Timeout:
            raise being_prepared() from None

    def is_set_up(self) -> bool:
        """Whether it keeps a write-ahead log."""
        return ask(self.engine, "PRAGMA journal_mode") == ["wal"]

    def set_up(self) -> None:
        """Have it keep a write-ahead log."""
        ask(self.engine, "PRAGMA journal_mode = WAL")

    def tables(self) -> list[str]:
        """All tables in the file."""
        return ask(self.engine, "SELECT name FROM sqlite_master WHERE type = 'table'")

    def finish_tables(self, connection: Connection) -> None:
        """Nothing is left to do."""

    def wipe(self) -> bool:
        """Deleted rows are overwritten as they go, so that the journal is all that is left."""
        return empty_journal(self.engine)


def prepare_folder(home: Path) -> Path:
    """Make the folder and an empty database file where there are none; the file's path. Raises Broken as it does."""
    make_home(home, FILE)
    return home / FILE


def make_engine(path: Path, patience: float) -> Engine:
    """An engine whose transactions take the write lock when they begin, waiting up to ``patience`` seconds for it.

    Commits reach the disk before they return, foreign keys hold, deleted rows are overwritten with zeros, and no
    error text carries what was to be written. A database that was moved elsewhere lets nobody begin one (Broken).
    """
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": patience},
        hide_parameters=True,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "begin", lambda _connection: refuse_if_marked(path))
    return engine


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    forget_erasure(connection)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def empty_journal(engine: Engine) -> bool:
    """Move the write-ahead file into the database and cut it to nothing; False where somebody is still using it.

    Without this, words that were erased would stay in it until it is next overwritten.
    """
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is not None and row[0] == 0
    finally:
        held.close()
