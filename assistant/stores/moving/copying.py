"""Copying all tables from one database to another one, of whatever kinds, and comparing the two."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Table, func, insert, select, text

from assistant.domain.errors import Broken
from assistant.stores.sql.tables import metadata

BATCH = 1_000

_MODULUS = 1 << 256
_SET_SEQUENCE = {
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
    source: Engine,
    target: Engine,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    batch: int = BATCH,
) -> dict[str, TableSum]:
    """Copy what the target has not got yet; the sums of all tables, which are then the same in both.

    The source is a SQLite file that nobody writes to, the target has the tables and nothing else in them than what an
    earlier call copied, so that a call that was broken off is carried on by the next one: each batch is one
    transaction, and how far it came is how many rows the target has. ``progress`` is told how many rows of how many.
    Raises Broken where the two differ in the end.
    """
    tables = metadata.sorted_tables
    of = sum(count(source, table) for table in tables)
    done = sum(count(target, table) for table in tables)
    for table in tables:
        for copied in _copy(source, target, table, batch):
            done += copied
            progress(done, of)
    _carry_on_numbering(source, target)
    return _compared(source, target)


def count(engine: Engine, table: Table) -> int:
    """How many rows a table has."""
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def sum_of(engine: Engine, table: Table) -> TableSum:
    """The sum of a table: SHA-256 of each row as JSON, added up modulo 2^256."""
    rows, total = 0, 0
    with engine.connect() as connection:
        for row in connection.execution_options(yield_per=BATCH).execute(select(table)):
            plain = json.dumps([*row], default=_plain, ensure_ascii=True).encode()
            total += int.from_bytes(hashlib.sha256(plain).digest(), "big")
            rows += 1
    return TableSum(rows, f"{total % _MODULUS:064x}")


def _copy(source: Engine, target: Engine, table: Table, batch: int) -> Iterator[int]:
    """Copy one table in the order of its key; gives how many rows each transaction brought."""
    left = select(table).order_by(*table.primary_key.columns).offset(count(target, table))
    with source.connect() as connection:
        rows = connection.execution_options(yield_per=batch).execute(left).mappings()
        for some in [rows.all()] if _points_to_itself(table) else rows.partitions():
            if some:
                with target.begin() as there:
                    there.execute(insert(table), [dict(row) for row in some])
                yield len(some)


def _points_to_itself(table: Table) -> bool:
    """Whether a row may point to a later one, so that all have to come together."""
    return any(key.column.table is table for key in table.foreign_keys)


def _carry_on_numbering(source: Engine, target: Engine) -> None:
    """Have the target number new rows as the source would: a number is not given twice, also after its row has gone."""
    with source.connect() as connection:
        last = connection.execute(text("SELECT name, seq FROM sqlite_sequence")).all()
    with target.begin() as there:
        for name, seq in last:
            if name in metadata.tables:
                (column,) = metadata.tables[name].primary_key.columns
                for statement in _SET_SEQUENCE[target.dialect.name]:
                    there.execute(text(statement), {"table": name, "column": column.name, "last": seq})


def _compared(source: Engine, target: Engine) -> dict[str, TableSum]:
    sums = {}
    for table in metadata.sorted_tables:
        sums[table.name] = sum_of(source, table)
        if sum_of(target, table) != sums[table.name]:
            raise Broken(
                f"The table {table.name} is not the same in both databases: something else has written to the new one. "
                "Empty it, run value-loop move --back, and move again."
            )
    return sums


def _plain(value: object) -> str:
    """What JSON has no form for: times, which are aware and in UTC."""
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"a column of {type(value).__name__}")
