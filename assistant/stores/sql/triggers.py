"""Rules that the database itself keeps, for migrations: what a trigger refuses, in either dialect."""

from __future__ import annotations

from alembic import op

from assistant.stores.sql.dialects import is_postgresql


def refuse(name: str, event: str, table: str, says: str, where: str = "") -> None:
    """Have the database refuse each ``event`` on a row of a table (such as UPDATE), and say why.

    ``where`` is a condition on OLD and NEW in words that both dialects know.
    """
    if not is_postgresql(op.get_bind()):
        when = f"WHEN {where}\n" if where else ""
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table}\n{when}BEGIN SELECT RAISE(ABORT, '{says}'); END")
        return
    goes_on = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n"
        f"IF {where or 'true'} THEN RAISE EXCEPTION '{says}'; END IF;\nRETURN {goes_on};\nEND $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def refuse_emptying(name: str, table: str, says: str) -> None:
    """Have PostgreSQL refuse to TRUNCATE a table, which fires no trigger for its rows; SQLite knows no such thing."""
    if is_postgresql(op.get_bind()):
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN RAISE EXCEPTION '{says}'; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}()")


def refuse_no_more(*names: str) -> None:
    """Take rules away, those of tables that are gone as well."""
    for name in names:
        if is_postgresql(op.get_bind()):
            op.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        else:
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
