"""Carrying an erasure through to the keys, also after a crash, and also in an old copy of the database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, and_, delete, select, update

from assistant.ports.keyring import Keyring
from assistant.stores.keys.keyring import lost_keys
from assistant.stores.sql.database import ask, empty_journal
from assistant.stores.sql.tables import conversation, data_key, doomed_key, report


def require_keys(engine: Engine, path: Path, keyring: Keyring) -> None:
    """Raise Broken where keys of the database at ``path`` are neither kept nor were destroyed."""
    if set(_needed(engine)) - keyring.kept() - keyring.destroyed():
        raise lost_keys(path)


def finish_erasures(engine: Engine, keyring: Keyring) -> bool:
    """Destroy the keys that are doomed; whether the write-ahead file holds nothing of what they locked, either.

    Whatever was locked with a key that was destroyed goes, too: it is there where an old copy of the database was put
    back, and nobody can read it.
    """
    doomed = ask(engine, "SELECT id FROM doomed_key")
    if doomed:
        keyring.destroy(doomed)
        with engine.begin() as connection:
            connection.execute(delete(doomed_key).where(doomed_key.c.id.in_(doomed)))
    unreadable = keyring.destroyed().intersection(_needed(engine))
    if unreadable:
        with engine.begin() as connection:
            for id_ in sorted(unreadable):
                _forget(connection, id_)
    return empty_journal(engine) if doomed or unreadable else True


def _needed(engine: Engine) -> list[str]:
    if not ask(engine, "SELECT name FROM sqlite_master WHERE name = 'data_key'"):
        return []
    return ask(engine, "SELECT id FROM data_key")


def _forget(connection: Connection, id: str) -> None:
    """Delete what a destroyed key had locked: what a person said in a round, or what stays of their reports."""
    owner, round_key = connection.execute(
        select(data_key.c.owner, data_key.c.round_key).where(data_key.c.id == id)
    ).one()
    if round_key:
        said, quoted = conversation.c, report.c
        connection.execute(delete(conversation).where(said.author == owner, said.round_key == round_key))
        own = and_(quoted.manager == owner, quoted.round_key == round_key)
        connection.execute(update(report).where(own).values(claims=""))
    else:
        connection.execute(delete(report).where(report.c.manager == owner))
    connection.execute(delete(data_key).where(data_key.c.id == id))
