"""The tables of the queue: Procrastinate's own, in a schema beside ours, brought up to date like ours."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

SCHEMA = "value_loop_queue"
OPTIONS = f"-c search_path={SCHEMA}"
"""What a connection says so that it finds the queue's tables, and no others."""

_LOCK = 0x71756575
_KNOWN = "CREATE TABLE applied (migration text PRIMARY KEY)"
_PROBLEMS = """CREATE TABLE problem (
    job bigint PRIMARY KEY REFERENCES procrastinate_jobs (id) ON DELETE CASCADE, what text NOT NULL
)"""


def make_ready(url: str) -> None:
    """Make the tables of the queue, or bring them up to date, in one transaction and one process at a time."""
    with psycopg.connect(url, options=OPTIONS) as held:
        if _is_ready(held):
            return
        held.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if _is_ready(held):
            return
        applied = _applied(held)
        if not applied:
            held.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(SCHEMA)))
            held.execute(_KNOWN)
            _run(held, _migrations().parent / "schema.sql")
            held.execute(_PROBLEMS)
        new = [path for path in _shipped() if path.name not in applied]
        for path in new if applied else ():
            _run(held, path)
        with held.cursor() as cursor:
            cursor.executemany("INSERT INTO applied VALUES (%s)", [(path.name,) for path in new])


def _is_ready(held: psycopg.Connection) -> bool:
    return {path.name for path in _shipped()} <= _applied(held)


def _applied(held: psycopg.Connection) -> set[str]:
    there = held.execute("SELECT to_regclass(%s)", [f"{SCHEMA}.applied"]).fetchone()
    if there is None or there[0] is None:
        return set()
    return {name for (name,) in held.execute("SELECT migration FROM applied")}


def _run(held: psycopg.Connection, file: Path) -> None:
    held.execute(file.read_bytes())


def _shipped() -> list[Path]:
    return sorted(_migrations().glob("*.sql"))


def _migrations() -> Path:
    from procrastinate.schema import SchemaManager

    return Path(SchemaManager.get_migrations_path())
