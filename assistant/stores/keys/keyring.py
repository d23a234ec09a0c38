"""The keyring in a small SQLite file of its own, so that a copy of the database alone cannot be read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from assistant.domain.errors import Broken
from assistant.stores.backup.snapshot import copy_database
from assistant.stores.keys.master_key import FILE as MASTER_FILE
from assistant.stores.keys.master_key import MasterKeyFile, MasterKeySource
from assistant.stores.keys.wrapped_keys import Rows, WrappedKeys
from assistant.stores.sql.faults import in_words

FILE = "keys.sqlite3"

_PATIENCE = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS master (number INTEGER PRIMARY KEY CHECK (number = 1), "check" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS data_key (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY);
"""


class SqliteKeyring(WrappedKeys):
    """Keys in a file; those that are deleted are overwritten there."""

    def __init__(self, path: Path, source: MasterKeySource) -> None:
        super().__init__(source)
        self._path = path

    @classmethod
    def open(cls, home: Path, source: MasterKeySource | None = None) -> SqliteKeyring:
        """The keyring under ``home``; without a source, the master key is in a file beside it.

        Nothing is made yet. Raises Broken where there are keys, and the master key is missing or another one.
        """
        keyring = cls(home / FILE, source or MasterKeyFile(home / MASTER_FILE))
        keyring.find_master()
        return keyring

    @property
    def place(self) -> str:
        """The name of the file."""
        return FILE

    @property
    def advice(self) -> str:
        """That a copy is to be put back."""
        return (
            f"{FILE} in VALUE_LOOP_HOME is not there, or belongs to another database. Put the copies of {FILE} and of "
            "the master key that belong to it back from your backup. Where keys are on a server, set "
            "VALUE_LOOP_KEYS_URL."
        )

    def take_in(self, home: Path) -> None:
        """Add the keys of the copy under another home folder, if there is one, all of them or none.

        What was destroyed in either stays destroyed. Raises Broken where the master key is missing or not
        the one that wraps the copy.
        """
        self._add(SqliteKeyring(home / FILE, self._source))

    def copy_to(self, folder: Path) -> None:
        """Copy the file as it is at one moment into a folder; raises Broken where it is not there."""
        if not self._path.is_file():
            raise Broken(f"There is nothing to back up: {self._path} is not there. Is VALUE_LOOP_HOME right?")
        copy_database(self._path, folder / FILE)

    def _is_made(self) -> bool:
        if not self._path.exists():
            return False
        with self._reading() as rows:
            return bool(rows.ask("SELECT 1 FROM sqlite_master WHERE name = 'master'"))

    def _make(self) -> None:
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Broken(f"{self._path} cannot be written ({error.strerror}).") from error
        with self._writing() as rows:
            for table in _TABLES.strip().splitlines():
                rows.ask(table)

    @contextmanager
    def _reading(self) -> Iterator[_Held]:
        with in_words(self._path), closing(sqlite3.connect(self._path, _PATIENCE, isolation_level=None)) as file:
            yield _Held(file)

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        """One transaction; what was deleted is overwritten, and what was written is on the disk when it ends."""
        with self._reading() as held:
            for statement in ("PRAGMA synchronous = EXTRA", "PRAGMA secure_delete = ON", "BEGIN IMMEDIATE"):
                held.ask(statement)
            try:
                yield held
            except BaseException:
                held.ask("ROLLBACK")
                raise
            held.ask("COMMIT")

    def _wipe(self) -> None:
        """Nothing is left to do."""


class _Held:
    """See :class:`assistant.stores.keys.wrapped_keys.Rows`."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def ask(self, query: str, *values: Any) -> list[Sequence[Any]]:
        return self._file.execute(query, values).fetchall()

    def each(self, change: str, rows: Sequence[Sequence[Any]]) -> None:
        self._file.executemany(change, rows)
