"""How a manager's side of a round is found: by indexes, however many others are in the round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from assistant.loop.analysis import analyse
from assistant.stores.sql.store import SqlStore
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.workers import ROUND, fill, means

GROW_WITH_A_ROUND = (
    "conversation",
    "membership",
    "message",
    "reading",
    "statement",
    "report",
    "finding",
    "publication",
)


@pytest.fixture
def kind() -> str:
    """SQLite, which says how it would find what is asked for."""
    return "sqlite"


@contextmanager
def plans(store: SqlStore) -> Iterator[list[str]]:
    """How everything was found that was asked for within the block, a line for each table."""
    found: list[str] = []

    def look(_connection: Any, cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if statement.split()[0] in {"SELECT", "UPDATE", "DELETE"}:
            explained = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if many else values)
            found.extend(str(step[3]) for step in explained)

    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", look)


def test_one_managers_report_is_made_without_looking_through_a_whole_round(store: SqlStore) -> None:
    """Else the time of a round would grow with the square of its managers."""
    first, *_others = fill(store, 3)
    with plans(store) as found:
        analyse(store, PlainEngine(), means(store).knowledge(), ROUND, first)
    through_all = [
        step
        for step in found
        for table in GROW_WITH_A_ROUND
        if step.startswith((f"SCAN {table} ", f"SEARCH {table} "))
        and ("SCAN" in step or step.endswith("(round_key=?)"))
    ]
    assert any("ix_conversation_round_key_kind_about" in step for step in found)
    assert through_all == []
