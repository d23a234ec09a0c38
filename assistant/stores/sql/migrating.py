"""Bringing the tables up to date when the store is opened."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.errors import Broken
from assistant.ports.keyring import Keyring
from assistant.stores.sql.database import Database, ask

HEAD = "0020"
MIGRATIONS = Path(__file__).parent / "migrations"


def bring_up_to_date(database: Database, keyring: Keyring) -> None:
    """Run the migrations that a database lacks, one process at a time, all of them or none.

    Where an older version kept people's words in plain, they are locked with keys that go to the keyring.
    Raises Busy where another process takes too long over it, Broken where the database comes from a newer version or
    belongs to another program.
    """
    if is_up_to_date(database):
        return
    with database.preparing():
        if not is_up_to_date(database):
            database.set_up()
            _check_origin(database)
            migrate(database, HEAD, keyring)
            database.wipe()


def migrate(database: Database, revision: str, keyring: Keyring) -> None:
    """Bring the tables to a revision in one transaction, up or down; ``base`` is no tables at all.

    Words that are kept are locked with keys of the keyring on the way up, and unlocked on the way down.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    is_down = revision == "base" or revision < max(_revisions(database), default="")
    with database.begin() as connection:
        config.attributes.update(connection=connection, keyring=keyring)
        if is_down:
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)
        database.finish_tables(connection)


def is_up_to_date(database: Database) -> bool:
    """Whether it has all migrations, and is set up as it has to be."""
    return database.is_set_up() and _revisions(database) == [HEAD]


def _revisions(database: Database) -> list[str]:
    if "alembic_version" not in database.tables():
        return []
    return ask(database.engine, "SELECT version_num FROM alembic_version")


def is_known(revision: str | None) -> bool:
    """Whether this version can bring tables of a migration up to date; None is tables of an unknown program."""
    return revision in _known()


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def _check_origin(database: Database) -> None:
    if not set(_revisions(database)) <= _known():
        raise Broken(
            f"{_begun(database.place)} was made by a newer version of Value Loop. Install that version or a later one. "
            f"Or: {database.advice}"
        )
    if (tables := database.tables()) and "alembic_version" not in tables:
        raise Broken(f"{_begun(database.place)} belongs to another program. {database.advice}")


def _begun(place: str) -> str:
    """As a sentence begins."""
    return place[0].upper() + place[1:]
