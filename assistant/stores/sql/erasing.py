"""Carrying an erasure through to the keys, also after a crash, and also in an old copy of the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, update

from assistant.domain.errors import Broken
from assistant.ports.keyring import Keyring
from assistant.stores.sql.database import Database, ask
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys, commitment_of
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.reports import SqlReports
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.tables import commitment, conversation, data_key, doomed_key, report
from assistant.stores.sql.tables import signed_statement as signed


def require_keys(database: Database, keyring: Keyring) -> None:
    """Raise Broken where keys of the database are neither kept nor were destroyed."""
    if _lost(database, keyring):
        raise Broken(
            f"Keys to what is kept in {database.place} are missing: {keyring.advice} If they are lost for good, "
            "value-loop keys abandon gives up what they lock, and keeps the rest. Nothing was changed."
        )


def abandon_lost_keys(database: Database, keyring: Keyring) -> int:
    """Take keys that are missing for destroyed, so that what they had locked goes; how many there were."""
    lost = _lost(database, keyring)
    keyring.make_ready()
    keyring.destroy(lost)
    return len(lost)


def finish_erasures(database: Database, keyring: Keyring) -> bool:
    """Destroy the keys that are doomed, and delete what was locked with keys that were destroyed before.

    The latter is there where an old copy of the database was put back, and nobody can read it. Returns whether there
    was anything to finish; then the database is to be wiped.
    """
    doomed = ask(database.engine, "SELECT id FROM doomed_key")
    if doomed:
        keyring.destroy(doomed)
        with database.begin() as connection:
            connection.execute(
                delete(doomed_key).where(doomed_key.c.id == bindparam("gone")), [{"gone": id_} for id_ in doomed]
            )
    unreadable = keyring.destroyed().intersection(_needed(database))
    if unreadable:
        with database.begin() as connection:
            keys = SqlPersonKeys(connection, keyring)
            people, publications = SqlPeople(connection), SqlPublications(connection, keys)
            rounds = SqlRounds(connection, people, publications)
            reports = SqlReports(connection, people, rounds, publications, SqlIndexQueue(connection), keys)
            for row in connection.execute(data_key.select()).all():
                if row.id in unreadable:
                    _forget(connection, reports, row)
    return bool(doomed or unreadable)


def _lost(database: Database, keyring: Keyring) -> set[str]:
    """Ids of keys that are nowhere. The database is asked first: a key is kept before it is needed."""
    needed = set(_needed(database))
    return needed - keyring.kept() - keyring.destroyed()


def _needed(database: Database) -> list[str]:
    if "data_key" not in database.tables():
        return []
    return ask(database.engine, "SELECT id FROM data_key")


def _forget(connection: Connection, reports: SqlReports, key: Row[Any]) -> None:
    """Delete what a destroyed key had locked: what a person said in a round or of a commitment, or all that stays."""
    taken_on = commitment_of(key.round_key)
    if taken_on is not None:
        connection.execute(update(commitment).where(commitment.c.id == taken_on).values(words=""))
    elif key.round_key:
        said, quoted = conversation.c, report.c
        connection.execute(delete(conversation).where(said.author == key.owner, said.round_key == key.round_key))
        connection.execute(delete(signed).where(signed.c.author == key.owner, signed.c.round_key == key.round_key))
        own = and_(quoted.manager == key.owner, quoted.round_key == key.round_key)
        connection.execute(update(report).where(own).values(claims=""))
    else:
        reports.remove(key.owner)
        connection.execute(delete(commitment).where(commitment.c.manager == key.owner))
    connection.execute(delete(data_key).where(data_key.c.id == key.id))
