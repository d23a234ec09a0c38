"""Bringing the tables up to date when the store is opened."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from assistant.domain.errors import Broken, Busy
from assistant.ports.keyring import Keyring
from assistant.stores.sql.database import ask, empty_journal

HEAD = "0014"
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = "value-loop.lock"


def bring_up_to_date(engine: Engine, path: Path, patience: float, keyring: Keyring) -> None:
    """Run the migrations that ``path`` lacks, one process at a time, all of them or none.

    Where an older version kept people's words in plain, they are locked with keys that go to the keyring.
    Raises Busy where another process takes longer than ``patience`` seconds over it, Broken where the file comes from
    a newer version or belongs to another program.
    """
    if _is_ready(engine):
        return
    try:
        with FileLock(path.parent / LOCK, timeout=patience, mode=0o600):
            if not _is_ready(engine):
                _use_write_ahead_log(engine)
                _check_origin(engine, path)
                migrate(engine, HEAD, keyring)
                empty_journal(engine)
    except Timeout:
        raise Busy("Another process is preparing the store right now. Wait a moment and try again.") from None


def migrate(engine: Engine, revision: str, keyring: Keyring) -> None:
    """Bring the tables to a revision in one transaction, up or down; ``base`` is no tables at all.

    Words that are kept are locked with keys of the keyring on the way up, and unlocked on the way down.
    """
    from alembic import command
    from alembic.config import Config

    is_down = revision == "base" or revision < max(_revisions(engine), default="")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes.update(connection=connection, keyring=keyring)
        if is_down:
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _is_ready(engine: Engine) -> bool:
    return ask(engine, "PRAGMA journal_mode") == ["wal"] and _revisions(engine) == [HEAD]


def _revisions(engine: Engine) -> list[str]:
    if "alembic_version" not in _tables(engine):
        return []
    return ask(engine, "SELECT version_num FROM alembic_version")


def _tables(engine: Engine) -> list[str]:
    return ask(engine, "SELECT name FROM sqlite_master WHERE type = 'table'")


def _check_origin(engine: Engine, path: Path) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if not set(_revisions(engine)) <= known:
        raise Broken(
            f"{path} was made by a newer version of Value Loop. Install that version or a later one, or choose another "
            "folder with VALUE_LOOP_HOME."
        )
    if _tables(engine) and "alembic_version" not in _tables(engine):
        raise Broken(f"{path} belongs to another program. Choose another folder with VALUE_LOOP_HOME.")


def _use_write_ahead_log(engine: Engine) -> None:
    ask(engine, "PRAGMA journal_mode = WAL")
