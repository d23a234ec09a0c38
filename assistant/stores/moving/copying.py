"""Copying all tables from one database to another one, of whatever kinds, and comparing the two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select, text

from assistant.domain.errors import Broken
from assistant.stores.sql.database import Database
from assistant.stores.sql.tables import metadata

BATCH = 1_000

_MODULUS = 1 << 256
_NUMBERED = tuple(table for table in metadata.sorted_tables if table.dialect_options["sqlite"]["autoincrement"])
_LAST_NUMBER = {
    "sqlite": "SELECT seq FROM sqlite_sequence WHERE name = :table",
    "postgresql": "SELECT pg_sequence_last_value(pg_get_serial_sequence(quote_ident(:table), :column)::regclass)",
}
_SET_NUMBER = {
    "sqlite": (
        "DELETE FROM sqlite_sequence WHERE name = :table",
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)",
    ),
    "postgresql": ("SELECT setval(pg_get_serial_sequence(quote_ident(:table), :column), :last)",),
}


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows, and a digest (64 hexadecimal digits) over all of them that no order of rows changes."""

    rows: int
    digest: str


def copy_all(
    source: Connection,
    target: Database,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    batch: int = BATCH,
) -> dict[str, TableSum]:
    """Copy what the target has not got yet; the sums of all tables, which are then the same in both.

    The source is read as it is at one moment, or nobody writes to it. The target has the tables and nothing else in
    them than what an earlier call copied, so that a call that was broken off is carried on by the next one: each batch
    is one transaction, and how far it came is how many rows the target has. ``progress`` is told how many rows of how
    many. Raises Broken where the two differ in the end.
    """
    with target.begin() as there:
        had = {table.name: count(there, table) for table in metadata.sorted_tables}
    of = sum(count(source, table) for table in metadata.sorted_tables)
    done = sum(had.values())
    for table in metadata.sorted_tables:
        for copied in _copy(source, target, table, had[table.name], batch):
            done += copied
            progress(done, of)
    _carry_on_numbering(source, target)
    with target.begin() as there:
        return _compared(source, there)


def is_empty(database: Database) -> bool:
    """Whether none of our tables in it has a row, or there are none."""
    there = {*database.tables()} & {*metadata.tables}
    with database.begin() as connection:
        return not any(count(connection, metadata.tables[name]) for name in there)


def count(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def sum_of(connection: Connection, table: Table) -> TableSum:
    """The sum of a table: SHA-256 of each row as JSON, added up modulo 2^256."""
    rows, total = 0, 0
    for row in connection.execute(select(table).execution_options(yield_per=BATCH)):
        plain = json.dumps([*row], default=_plain, ensure_ascii=True).encode()
        total += int.from_bytes(hashlib.sha256(plain).digest(), "big")
        rows += 1
    return TableSum(rows, f"{total % _MODULUS:064x}")


def _copy(source: Connection, target: Database, table: Table, had: int, batch: int) -> Iterator[int]:
    """Copy one table in the order of its key, after so many rows; gives how many rows each transaction brought."""
    left = select(table).order_by(*table.primary_key.columns).offset(had).execution_options(yield_per=batch)
    rows = source.execute(left).mappings()
    for some in [rows.all()] if _points_to_itself(table) else rows.partitions():
        if some:
            with target.begin() as there:
                there.execute(insert(table), [dict(row) for row in some])
            yield len(some)


def _points_to_itself(table: Table) -> bool:
    """Whether a row may point to a later one, so that all have to come together."""
    return any(key.column.table is table for key in table.foreign_keys)


def _carry_on_numbering(source: Connection, target: Database) -> None:
    """Have the target number new rows as the source would: a number is not given twice, also after its row has gone."""
    with target.begin() as there:
        for table in _NUMBERED:
            (column,) = table.primary_key.columns
            place = {"table": table.name, "column": column.name}
            last = source.execute(text(_LAST_NUMBER[source.dialect.name]), place).scalar_one_or_none()
            for statement in _SET_NUMBER[there.dialect.name] if last else ():
                there.execute(text(statement), place | {"last": last})


def _compared(source: Connection, target: Connection) -> dict[str, TableSum]:
    sums = {}
    for table in metadata.sorted_tables:
        sums[table.name] = sum_of(source, table)
        if sum_of(target, table) != sums[table.name]:
            raise Broken(
                f"The table {table.name} is not the same in both databases: something else has written to one of them "
                "meanwhile. Empty the new one, and begin anew."
            )
    return sums


def _plain(value: object) -> str:
    """What JSON has no form for: times, which are aware and in UTC."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a column of {type(value).__name__}")
