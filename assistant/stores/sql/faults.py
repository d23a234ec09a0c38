"""What SQLite complains of, in words for whoever runs the installation."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from assistant.domain.errors import Broken, Busy, OperatorError

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {sqlite3.SQLITE_FULL}
_NO_ACCESS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at ``path`` into Busy or Broken; a mistake of ours surfaces as itself."""
    try:
        yield
    except DBAPIError as error:
        fault = _fault(error.orig, path)
        if fault is None:
            raise
        raise fault from error
    except sqlite3.Error as error:
        fault = _fault(error, path)
        if fault is None:
            raise
        raise fault from error


def _fault(error: BaseException | None, path: Path) -> OperatorError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return busy()
    if code in _DAMAGED:
        return Broken(
            f"{path} is damaged, or is not a database. Put a copy from your backup in its place, "
            "or move the file away to begin with an empty one."
        )
    if code in _NO_ROOM:
        return Broken(f"There is no room left on the disk for {path}. Make some room and try again.")
    if code in _NO_ACCESS:
        return Broken(
            f"{path} cannot be read and written. Check who owns it and its folder, and that the disk is in order."
        )
    return None


def being_prepared() -> Busy:
    """What to say when another process is making or changing the tables for too long."""
    return Busy("Another process is preparing the store right now. Wait a moment and try again.")


def busy() -> Busy:
    """What to say when another transaction does not end in time."""
    return Busy("Another part of Value Loop is writing right now. Wait a moment and try again.")
