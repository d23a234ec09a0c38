"""What a PostgreSQL server keeps, as a file for a backup, and back from such a file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine

from assistant.ports.keyring import Keyring
from assistant.stores.moving.copying import copy_all
from assistant.stores.sql.database import Database
from assistant.stores.sql.migrating import bring_up_to_date
from assistant.stores.sql.sqlite_file import SqliteFile


def copy_to_file(server: Database, folder: Path, keyring: Keyring, patience: float) -> None:
    """Write all that the server keeps, as it is at one moment, into a new SQLite file in a folder.

    Raises Broken where the server does not answer, or the disk is full.
    """
    file = SqliteFile(folder, patience)
    try:
        bring_up_to_date(server, keyring)
        with file.in_words():
            bring_up_to_date(file, keyring)
        with server.in_words(), server.engine.connect() as connection:
            copy_all(connection.execution_options(isolation_level="REPEATABLE READ"), file)
    finally:
        file.engine.dispose()


def copy_from_file(path: Path, server: Database, keyring: Keyring) -> None:
    """Write all of a SQLite file to a server that has nothing else; carried on where an earlier call was killed.

    Raises Broken where the server does not answer, or has something else.
    """
    file = create_engine(f"sqlite:///{path}", hide_parameters=True)
    try:
        with server.in_words(), file.connect() as connection:
            bring_up_to_date(server, keyring)
            copy_all(connection, server)
    finally:
        file.dispose()
