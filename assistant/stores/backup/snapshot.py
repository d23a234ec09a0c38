"""A copy of one SQLite file as it was at one moment, while others go on writing to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.domain.errors import Broken
from assistant.stores.sql.faults import in_words

_PATIENCE = 10.0


def copy_database(source: Path, to: Path) -> None:
    """Write all of ``source``, which has to be there and sound, over ``to``: all of it, or nothing.

    Whoever has ``to`` open sees the old content or the new one, never a part (SQLite's online backup). Raises Broken
    where ``source`` is damaged or ``to`` cannot be written, Busy where somebody is writing to ``to`` for too long.
    """
    if not _is_sound(source):
        raise Broken(f"{source} is damaged. Put the newest backup that was made before that in its place.")
    with _opened(source) as here, in_words(to), closing(sqlite3.connect(to, _PATIENCE)) as there:
        here.backup(there)


def put_database(source: Path, to: Path) -> None:
    """Write ``source`` over ``to`` like :func:`copy_database`; what is damaged there goes first, with its journal."""
    if to.exists() and not _is_sound(to):
        for file in (to, to.with_name(f"{to.name}-wal"), to.with_name(f"{to.name}-shm")):
            file.unlink(missing_ok=True)
    to.touch(mode=0o600)
    copy_database(source, to)


def make_single(path: Path) -> None:
    """Have all of a database in its one file, with no journal beside it."""
    with _opened(path) as file, in_words(path):
        file.execute("PRAGMA journal_mode = DELETE")


def migration(path: Path) -> str | None:
    """Of which migration its tables are; None where it has none of ours."""
    with _opened(path) as file, in_words(path):
        if not _has(file, "alembic_version"):
            return None
        return str(file.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def counts(path: Path) -> dict[str, int]:
    """How many rows each table has, by its name."""
    with _opened(path) as file, in_words(path):
        names = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' "
            "AND name <> 'alembic_version' ORDER BY name"
        ).fetchall()
        return {name: file.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names}  # noqa: S608


def data_keys(path: Path) -> tuple[tuple[str, str, str], ...]:
    """Id, owner and round of each key that what is kept is locked with."""
    with _opened(path) as file, in_words(path):
        if not _has(file, "data_key"):
            return ()
        return tuple(file.execute("SELECT id, owner, round_key FROM data_key"))


def _is_sound(path: Path) -> bool:
    with in_words(path):
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", _PATIENCE, uri=True)) as file:
                return file.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                return False
            raise


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with in_words(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", _PATIENCE, uri=True)) as file:
        yield file


def _has(file: sqlite3.Connection, table: str) -> bool:
    return file.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None
