"""A database on a PostgreSQL server, and how it is to be treated."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from assistant.domain.errors import Broken
from assistant.ports.store import Duty
from assistant.stores.sql.database import ask, forget_erasure
from assistant.stores.sql.dialects import beginning, duty_lock, everything
from assistant.stores.sql.duties import at_it
from assistant.stores.sql.mark_row import MarkRow
from assistant.stores.sql.server_faults import SETTING, in_words_of_server, without_details

CONNECTIONS = 5
SPARE_CONNECTIONS = 10
LONGEST_CONNECTING = 10.0
"""Seconds after which a server that does not answer is taken for gone."""

_SMALL = 100 * 2**20
"""Bytes up to which the whole database is written anew after an erasure; that takes a second or two."""
_APART = 60.0
"""Seconds between two times that a database is written anew."""
_SHORTLY = 500
"""Milliseconds to wait for others to be out of the way: nobody else gets anything done meanwhile."""
_NOTICED_SOON = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
"""So that the server takes a lock away within a minute from a machine that is gone without a word."""
_OTHERWISE_SORTED = text("""
    SELECT c.table_name, c.column_name FROM information_schema.columns c
    WHERE c.table_schema = current_schema() AND c.data_type = 'character varying'
    AND c.collation_name IS DISTINCT FROM 'C' AND c.table_name <> 'alembic_version'
    ORDER BY c.table_name, c.column_name
""")
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


class PostgresDatabase:
    """See :class:`assistant.stores.sql.database.Database`.

    Transactions read what is committed when each statement begins, so that whoever has waited for a lock sees what was
    done meanwhile; they are kept apart by advisory locks (:mod:`assistant.stores.sql.dialects`).
    """

    def __init__(self, url: str, patience: float, setting: str = SETTING, connections: int = CONNECTIONS) -> None:
        """The database at ``url``, not yet connected to; raises Broken where that is no address of one.

        ``setting`` is the one that holds the address, and ``connections`` are held also while nobody needs them.
        """
        self._url = _parsed(url, setting)
        self.engine = _make_engine(self._url, patience, connections)
        self._setting = setting
        self._patience = patience
        self._wiped_at = -math.inf

    @property
    def place(self) -> str:
        """The database and its server, without user or password."""
        host = self._url.host or self._url.query.get("host") or "this machine"
        return f"the PostgreSQL database {self._url.database or 'of the user'} on {host}"

    @property
    def advice(self) -> str:
        """That another database can be chosen."""
        return f"Choose another database with {self._setting}."

    def turn(self) -> AbstractContextManager[None]:
        """Nobody waits here: the server lets transactions in, in the order in which they came."""
        return nullcontext()

    @contextmanager
    def begin(self, about: Iterable[str] = ()) -> Iterator[Connection]:
        """A transaction that has its locks before it reads anything."""
        with self.engine.begin() as connection:
            forget_erasure(connection)
            connection.exec_driver_sql(beginning(frozenset(about), self._patience))
            yield connection

    @contextmanager
    def alone(self, duty: Duty) -> Iterator[None]:
        """By a lock of the server's."""
        with self._having(duty, self._patience):
            yield

    @contextmanager
    def sending(self) -> Iterator[MarkRow]:
        """By such a lock, with the mark in a table: it is put on the connection that has the lock, or not at all."""
        with self._having(Duty.SENDING, patience=0) as connection:
            yield MarkRow(connection, self.in_words)

    @contextmanager
    def _having(self, duty: Duty, patience: float) -> Iterator[Connection]:
        """A connection that has the lock of a duty as long as it lasts."""
        with self.in_words():
            connection = self.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with connection:
            with self.in_words():
                self._take(connection, duty, patience)
            try:
                yield connection
            finally:
                _let_go(connection, duty)

    def _take(self, connection: Connection, duty: Duty, patience: float) -> None:
        connection.exec_driver_sql(_NOTICED_SOON)
        connection.exec_driver_sql(f"SET lock_timeout = {max(1, round(patience * 1000))}")
        try:
            connection.exec_driver_sql(duty_lock("lock", duty))
        except OperationalError as error:
            raise (at_it(duty) if isinstance(error.orig, LockNotAvailable) else error) from None
        finally:
            connection.exec_driver_sql("RESET lock_timeout")

    def in_words(self) -> AbstractContextManager[None]:
        """Errors of the server in words."""
        return in_words_of_server(self.place, self._setting)

    def preparing(self) -> AbstractContextManager[None]:
        """Nothing more is needed: each change of the tables is a transaction that is alone."""
        return nullcontext()

    def is_set_up(self) -> bool:
        """There is nothing to set up."""
        return True

    def set_up(self) -> None:
        """There is nothing to set up."""

    def tables(self) -> list[str]:
        """All tables in the schema that is used."""
        return ask(self.engine, _TABLES)

    def finish_tables(self, connection: Connection) -> None:
        """Have all text compared by its code points, as SQLite does, whatever the language of the database is.

        So lists come in the same order everywhere, and a report is the same wherever it is made.
        """
        for table, column in connection.execute(_OTHERWISE_SORTED).all():
            alter = f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE VARCHAR COLLATE "C"'
            connection.exec_driver_sql(alter)

    def wipe(self) -> bool:
        """Have the server write a small database anew; in a big one, have it reuse the places of what was deleted.

        Nobody else is in a transaction meanwhile, so that nothing is kept for them. So it is tried once a minute at
        most, and left for later where somebody holds a table, as a backup does.
        """
        if time.monotonic() - self._wiped_at < _APART:
            return False
        self._wiped_at = time.monotonic()
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.detach()  # what is set for it holds for nobody else
                connection.exec_driver_sql(f"SET lock_timeout = {_SHORTLY}")
                connection.exec_driver_sql(everything())
                self._vacuum(connection)
        except OperationalError:
            return False
        return True

    def write_anew(self, table: str) -> bool:
        """Have the server write one table anew, so that nothing of deleted rows is left in its files.

        False where somebody holds the table, as a backup does.
        """
        try:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.detach()
                connection.exec_driver_sql(f"SET lock_timeout = {_SHORTLY}")
                connection.exec_driver_sql(f'VACUUM (FULL) "{table}"')
        except OperationalError:
            return False
        return True

    def _vacuum(self, connection: Connection) -> None:
        size = int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
        names = ", ".join(f'"{name}"' for name in connection.exec_driver_sql(_TABLES).scalars())
        connection.exec_driver_sql(f"VACUUM {'(FULL) ' if size <= _SMALL else ''}{names}")


def _let_go(connection: Connection, duty: Duty) -> None:
    """Whatever is the matter with a connection, it does not keep the lock; one that is lost has none any more."""
    if connection.invalidated:
        return
    try:
        connection.exec_driver_sql(duty_lock("unlock", duty))
    except DBAPIError:
        connection.invalidate()


def _parsed(url: str, setting: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Broken(
            f"{setting} is no address of a database. It has to look like postgresql://user:password@host/database."
        ) from None
    return parsed.set(drivername="postgresql+psycopg")


def _make_engine(url: URL, patience: float, connections: int) -> Engine:
    """A pool of connections, each tried before it is used; no error text carries what was to be written."""
    engine = create_engine(
        url,
        connect_args={
            "connect_timeout": max(2, round(min(patience, LONGEST_CONNECTING))),
            "application_name": "value-loop",
        },
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        pool_size=connections,
        max_overflow=SPARE_CONNECTIONS,
        pool_timeout=patience,
        pool_pre_ping=True,
    )
    event.listen(engine, "handle_error", _leave_details_out, retval=True)
    return engine


def _leave_details_out(context: ExceptionContext) -> Any:
    return without_details(context)
