"""The keyring in a PostgreSQL database of its own, for processes on several machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from assistant.domain.errors import Broken
from assistant.stores.keys.keyring import FILE, SqliteKeyring
from assistant.stores.keys.master_key import MasterKeySource
from assistant.stores.keys.wrapped_keys import TABLES, Rows, WrappedKeys
from assistant.stores.sql.postgresql import PostgresDatabase

SETTING = "VALUE_LOOP_KEYS_URL"

_PATIENCE = 10.0
_CONNECTIONS = 1
"""Keys that were used are remembered, so one connection is enough for most of the time."""
_TABLES = (
    'CREATE TABLE IF NOT EXISTS master (number INTEGER PRIMARY KEY CHECK (number = 1), "check" TEXT NOT NULL)',
    "CREATE TABLE IF NOT EXISTS data_key (id TEXT PRIMARY KEY, wrapped BYTEA NOT NULL)",
    "CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY)",
)


class PostgresKeyring(WrappedKeys):
    """Keys in a database that holds nothing else; the table is written anew where some are deleted."""

    def __init__(self, database: PostgresDatabase, source: MasterKeySource) -> None:
        super().__init__(source)
        self._database = database
        self._has_to_wipe = False

    @classmethod
    def open(cls, url: str, source: MasterKeySource, patience: float = _PATIENCE) -> PostgresKeyring:
        """The keyring in the database at ``url``; nothing is made yet.

        Raises Broken where the server does not answer, the database holds something else, or there are keys, and the
        master key is missing or another one.
        """
        keyring = cls(PostgresDatabase(url, patience, SETTING, _CONNECTIONS), source)
        try:
            keyring.find_master()
        except BaseException:
            keyring.close()
            raise
        return keyring

    @property
    def place(self) -> str:
        """The database and its server, without user or password."""
        return self._database.place

    @property
    def advice(self) -> str:
        """That they are to be brought there, or a copy is to be put back."""
        return (
            f"{self.place}, which {SETTING} names, does not have them. If they are still in {FILE} in VALUE_LOOP_HOME, "
            "bring them there with value-loop keys move. Else put the copies of that database and of the master key "
            "back from your backup."
        )

    def take_in(self, home: Path) -> None:
        """Add the keys of the file under a home folder, if there is one, all of them or none.

        What was destroyed in either stays destroyed. Raises Broken where the master key is missing or not
        the one that wraps the copy.
        """
        self._add(SqliteKeyring(home / FILE, self._source))

    def copy_to(self, folder: Path) -> None:
        """Copy all keys as they are at one moment into a file in a folder; raises Broken where there are none."""
        if self.check() is None:
            raise Broken(f"There is nothing to back up: {self.place} holds no keys. Is {SETTING} right?")
        SqliteKeyring(folder / FILE, self._source)._add(self)

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()

    def _is_made(self) -> bool:
        with self._database.in_words():
            tables = frozenset(self._database.tables())
        if not tables <= TABLES:
            raise Broken(
                f"{SETTING} names a database that holds something else: {self.place}. Keys are kept apart from words "
                "and from everything else. Make an empty database for them, on another server if you can."
            )
        return tables == TABLES

    def _make(self) -> None:
        with self._writing() as rows:
            for table in _TABLES:
                rows.ask(table)

    @contextmanager
    def _reading(self) -> Iterator[Rows]:
        """All that is read is as it was when the first of it was."""
        database = self._database
        with database.in_words(), database.engine.connect() as connection:
            yield _Held(connection.execution_options(isolation_level="REPEATABLE READ"))

    @contextmanager
    def _writing(self) -> Iterator[Rows]:
        database = self._database
        with database.in_words(), database.begin() as connection:
            yield _Held(connection)
        if self._has_to_wipe:
            self._wipe()

    def _wipe(self) -> None:
        """Where somebody holds the table, whoever writes next tries again."""
        with self._database.in_words():
            self._has_to_wipe = not self._database.write_anew("data_key")


class _Held:
    """See :class:`assistant.stores.keys.wrapped_keys.Rows`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, query: str, *values: Any) -> list[Sequence[Any]]:
        done = self._connection.exec_driver_sql(query.replace("?", "%s"), values)
        return list(done.all()) if done.returns_rows else []

    def each(self, change: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            self._connection.exec_driver_sql(change.replace("?", "%s"), [tuple(row) for row in rows])
