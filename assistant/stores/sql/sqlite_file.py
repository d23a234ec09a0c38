"""The file in which everything is kept, and how SQLite is to treat it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from assistant.domain.errors import Broken

FILE = "value-loop.sqlite3"

_ERASED = "words were erased"


def prepare_folder(home: Path) -> Path:
    """Create the folder (mode 0700) and an empty database file (0600) where there are none; the file's path.

    Raises Broken where either cannot be made or written.
    """
    path = home / FILE
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Broken(
            f"The folder {home} cannot be used to keep data in ({error.strerror}). Choose another one with "
            "VALUE_LOOP_HOME, or see to it that this one can be written."
        ) from error
    return path


def make_engine(path: Path, patience: float) -> Engine:
    """An engine whose transactions take the write lock when they begin, waiting up to ``patience`` seconds for it.

    Commits reach the disk before they return, foreign keys hold, deleted rows are overwritten with zeros, and no
    error text carries what was to be written.
    """
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": patience},
        hide_parameters=True,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    connection.info.pop(_ERASED, None)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def note_erasure(connection: Connection) -> None:
    """Remember that this transaction takes somebody's words away."""
    connection.info[_ERASED] = True


def has_erased(connection: Connection) -> bool:
    """Whether this transaction has taken somebody's words away."""
    return _ERASED in connection.info


def ask(engine: Engine, question: str) -> list[str]:
    """The first column of an answer, asked outside of any transaction."""
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute(question)
        return [str(row[0]) for row in cursor.fetchall()]
    finally:
        held.close()


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
