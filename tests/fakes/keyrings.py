"""A keyring of each kind, as tests look at it: opened, and what lies where it keeps its keys."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path

import psycopg

from assistant.stores.keys.keyring import FILE, SqliteKeyring
from assistant.stores.keys.master_key import MasterKeyFile, MasterKeySource
from assistant.stores.keys.server_keyring import PostgresKeyring
from assistant.stores.keys.wrapped_keys import WrappedKeys
from tests.fakes.postgres_server import EMPTY, PostgresServer

KEYS_ON_SERVER = "keys on a server"
"""The kind of an installation that has nothing but its master key in the home folder."""


class Keyrings(ABC):
    """Where keys are kept, and a home folder with the master key."""

    def __init__(self, home: Path) -> None:
        self.home = home

    @abstractmethod
    def open(self, source: MasterKeySource | None = None) -> WrappedKeys:
        """The keyring as one more process has it; without a source, with the master key in the home folder."""

    @abstractmethod
    def files(self) -> list[Path]:
        """The files in which the keys lie, with all that was written so far."""

    @abstractmethod
    def take_master_out(self) -> None:
        """Leave the tables as a process does that was stopped before it wrote down which master key it made."""

    def bytes(self) -> bytes:
        """All that lies on the disk where the keys are kept."""
        return b"".join(path.read_bytes() for path in self.files())


class KeyringsInFiles(Keyrings):
    """In a file of the home folder."""

    url = None

    def open(self, source: MasterKeySource | None = None) -> SqliteKeyring:
        """The file, opened anew."""
        return SqliteKeyring.open(self.home, source)

    def files(self) -> list[Path]:
        """The file."""
        return [self.home / FILE]

    def take_master_out(self) -> None:
        """Out of the file."""
        with closing(sqlite3.connect(self.home / FILE)) as file, file:
            file.execute("DELETE FROM master")


class KeyringsOnServer(Keyrings):
    """In a database of a server."""

    def __init__(self, home: Path, server: PostgresServer) -> None:
        super().__init__(home)
        self._server = server
        self._name = server.make(EMPTY)
        self._opened: list[PostgresKeyring] = []

    @property
    def url(self) -> str:
        """Where the server has it."""
        return self._server.url_of(self._name)

    def open(self, source: MasterKeySource | None = None) -> PostgresKeyring:
        """The database, with connections of its own."""
        keyring = PostgresKeyring.open(self.url, source or MasterKeyFile(self.home / "master.key"))
        self._opened.append(keyring)
        return keyring

    def files(self) -> list[Path]:
        """The files of the database."""
        return self._server.files(self._name)

    def take_master_out(self) -> None:
        """Out of the database."""
        with psycopg.connect(self.url) as connection:
            connection.execute("DELETE FROM master")

    def drop(self) -> None:
        """It is not needed any more."""
        for keyring in self._opened:
            keyring.close()
        self._server.drop(self._name)
