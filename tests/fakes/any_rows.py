"""Rows for every table that there is, also for those that are yet to come, made up from what their columns can hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Engine, Float, ForeignKeyConstraint, Integer, Table, insert

from assistant.stores.sql.tables import metadata

ROWS = 25


def fill(engine: Engine, rows: int = ROWS) -> None:
    """Put rows into every table; foreign keys point to the row of the same number, to itself to the one after it."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(insert(table), [_row(table, number, rows) for number in range(rows)])


def _row(table: Table, number: int, rows: int) -> dict[str, Any]:
    row = {column.name: _value(column, number) for column in table.columns}
    for constraint in table.foreign_key_constraints:
        row |= _pointing(constraint, table, number, rows)
    return row


def _pointing(constraint: ForeignKeyConstraint, table: Table, number: int, rows: int) -> dict[str, Any]:
    if constraint.referred_table is table:
        return {column.name: f"email {number + 1}" if number + 1 < rows else None for column in constraint.columns}
    return {pointer.parent.name: _value(pointer.column, number) for pointer in constraint.elements}


def _value(column: Column[Any], number: int) -> Any:
    """Different for each number where the column may be unique."""
    if (pointer := next(iter(column.foreign_keys), None)) is not None:
        return _value(pointer.column, number)
    kind = column.type
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number + 4
    if isinstance(kind, Float):
        return number / 3 + 0.1
    if isinstance(kind, JSON):
        return [f"ünï {number}", "b"]
    if isinstance(getattr(kind, "impl", kind), DateTime):
        return datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(hours=number, microseconds=7)
    if column.nullable and number % 3 == 0:
        return None
    return f"{column.name} {number}"
