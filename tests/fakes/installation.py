"""An installation as tests look at it: its store, what lies in its database, and old copies of that."""

from __future__ import annotations

import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.wrapped_keys import WrappedKeys
from assistant.stores.sql.database import Database
from assistant.stores.sql.postgresql import PostgresDatabase
from assistant.stores.sql.sqlite_file import FILE, SqliteFile
from assistant.stores.sql.store import SqlStore
from tests.fakes.keyrings import KeyringsOnServer
from tests.fakes.postgres_server import PostgresServer

_PATIENCE = 10.0
_OWN = ("sqlite_", "alembic_")


class Installation(ABC):
    """A home folder with a database of one kind or the other."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @property
    @abstractmethod
    def url(self) -> str | None:
        """The address of its database; None where that is a file."""

    @abstractmethod
    def database(self, patience: float = _PATIENCE) -> Database:
        """Its database, as the product treats it."""

    @abstractmethod
    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database, or change it, past the product; ``?`` stands for values."""

    @abstractmethod
    def files(self) -> list[Path]:
        """The files in which its database and its keys lie, as they are on the disk now."""

    @abstractmethod
    def keep_copy(self) -> None:
        """Keep a copy of the database as it is; nobody may have it open."""

    @abstractmethod
    def put_copy_back(self) -> None:
        """Put that copy in its place; nobody may have it open."""

    def keyring(self) -> WrappedKeys:
        """Its keys, as one more process has them."""
        return SqliteKeyring.open(self.home)

    def open(self, patience: float = _PATIENCE) -> SqlStore:
        """Its store."""
        return SqlStore.open(self.home, patience, self.keyring(), self.url)

    def rows(self) -> dict[str, int]:
        """How many rows each table has that has any."""
        with let_go(self.database()) as database:
            tables = [name for name in database.tables() if not name.startswith(_OWN)]
        counts = {name: self.ask(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}  # noqa: S608 - our own
        return {name: count for name, count in counts.items() if count}


@contextmanager
def let_go(database: Database) -> Iterator[Database]:
    """Let go of a database when the block ends."""
    try:
        yield database
    finally:
        database.engine.dispose()


class FileInstallation(Installation):
    """With SQLite."""

    url = None

    def database(self, patience: float = _PATIENCE) -> SqliteFile:
        """Its file, as the product treats it."""
        return SqliteFile(self.home, patience)

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the file, or change it, past the product."""
        with closing(sqlite3.connect(self.home / FILE)) as file, file:
            file.executescript("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;")
            return file.execute(query, values).fetchall()

    def files(self) -> list[Path]:
        """All that lies in the home folder."""
        return list(self.home.iterdir())

    def keep_copy(self) -> None:
        """Copy the file."""
        shutil.copy(self.home / FILE, self._copy)

    def put_copy_back(self) -> None:
        """Copy it back."""
        shutil.copy(self._copy, self.home / FILE)

    @property
    def _copy(self) -> Path:
        return self.home.parent / "old.sqlite3"


class ServerInstallation(Installation):
    """With PostgreSQL; with keys in the home folder, unless they are on the server as well."""

    def __init__(
        self, home: Path, server: PostgresServer, template: str, keyrings: KeyringsOnServer | None = None
    ) -> None:
        super().__init__(home)
        self._server = server
        self._keyrings = keyrings
        self._name = server.make(template)
        self._copy = ""

    @property
    def url(self) -> str:
        """Where the server has it."""
        return self._server.url_of(self._name)

    def database(self, patience: float = _PATIENCE) -> PostgresDatabase:
        """Its database, as the product treats it."""
        return PostgresDatabase(self.url, patience)

    def keyring(self) -> WrappedKeys:
        """Its keys, as one more process has them."""
        return self._keyrings.open() if self._keyrings else super().keyring()

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database, or change it, past the product."""
        with psycopg.connect(self.url) as held:
            done = held.execute(query.replace("?", "%s"), values or None)
            return done.fetchall() if done.description else []

    def files(self) -> list[Path]:
        """All that lies in the home folder, and the database's own files."""
        of_keys = self._keyrings.files() if self._keyrings else []
        return [*self.home.iterdir(), *self._server.files(self._name), *of_keys]

    def keep_copy(self) -> None:
        """Have the server copy it."""
        self._copy = self._server.make(self._name)

    def put_copy_back(self) -> None:
        """Have the server put the copy in its place."""
        self._server.replace(self._name, by=self._copy)

    def drop(self) -> None:
        """It is not needed any more."""
        for name in filter(None, (self._name, self._copy)):
            self._server.drop(name)
        if self._keyrings:
            self._keyrings.drop()
