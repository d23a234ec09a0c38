"""Where SQLite and PostgreSQL say the same thing in different words: the one place that knows both."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, cast, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

POSTGRESQL = "postgresql"

_LOCKS = 0x76616C75
"""The space of our advisory locks, so that they are not those of another program in the same database."""
_INSERT: dict[str, Callable[[Table[Any]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    POSTGRESQL: postgresql.insert,
}


def is_postgresql(connection: Connection) -> bool:
    """Whether this is a connection to PostgreSQL; else it is one to SQLite."""
    return connection.dialect.name == POSTGRESQL


def insert_into(connection: Connection, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    return _INSERT[connection.dialect.name](table)


def list_holds(connection: Connection, column: ColumnElement[list[str]], value: str) -> ColumnElement[bool]:
    """Whether a list that is kept as JSON has this string in it."""
    if is_postgresql(connection):
        return cast(column, postgresql.JSONB).contains([value])
    one = func.json_each(column).table_valued("value")
    return exists(select(one.c.value).where(one.c.value == value))


def wait_for(connection: Connection, name: str) -> None:
    """Be alone with what is called so until this transaction ends; two that wait for the same one go in order.

    In SQLite every transaction is alone from its beginning. In PostgreSQL this takes an advisory lock, and whatever
    is read afterwards is what the one before has left.
    """
    if is_postgresql(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCKS}, {_number(name)})")


def beginning(about: frozenset[str], patience: float) -> str:
    """What a transaction in PostgreSQL says first, waiting at most so many seconds for each lock it ever needs.

    Where it is about nothing in particular it has everything for itself. Else it shares that with others, and has for
    itself what it is about. All take locks in the same order, so that no two wait for each other.
    """
    locks = [f"pg_advisory_xact_lock_shared({_LOCKS}, 0)" if about else f"pg_advisory_xact_lock({_LOCKS}, 0)"]
    locks += [f"pg_advisory_xact_lock({_LOCKS}, {number})" for number in sorted(map(_number, about))]
    return f"SET LOCAL lock_timeout = {round(patience * 1000)}; " + "; ".join(f"SELECT {lock}" for lock in locks)


def everything() -> str:
    """What a session of PostgreSQL says that is in no transaction and has everything for itself until it ends."""
    return f"SELECT pg_advisory_lock({_LOCKS}, 0)"


def duty_lock(what: str, duty: str) -> str:
    """``lock`` a duty for a session of PostgreSQL that is not in a transaction, or ``unlock`` it."""
    return f"SELECT pg_advisory_{what}({_LOCKS}, {_number(f'duty {duty}')})"


def _number(name: str) -> int:
    """A number for a lock (31 bits, never 0); two names with the same one only wait for each other needlessly."""
    return int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) % (2**31 - 1) + 1
