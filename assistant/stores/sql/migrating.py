"""Bringing the tables up to date when the store is opened."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from assistant.domain.errors import Broken, Busy

HEAD = "0006"
MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = "value-loop.lock"


def bring_up_to_date(engine: Engine, path: Path, patience: float) -> None:
    """Run the migrations that ``path`` lacks, one process at a time, all of them or none.

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
                migrate(engine, HEAD)
    except Timeout:
        raise Busy("Another process is preparing the store right now. Wait a moment and try again.") from None


def migrate(engine: Engine, revision: str) -> None:
    """Bring the tables to a revision in one transaction, up or down; ``base`` is no tables at all."""
    from alembic import command
    from alembic.config import Config

    is_down = revision == "base" or revision < max(_revisions(engine), default="")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        if is_down:
            command.downgrade(config, revision)
        else:
            command.upgrade(config, revision)


def _is_ready(engine: Engine) -> bool:
    return _ask(engine, "PRAGMA journal_mode") == ["wal"] and _revisions(engine) == [HEAD]


def _revisions(engine: Engine) -> list[str]:
    if "alembic_version" not in _tables(engine):
        return []
    return _ask(engine, "SELECT version_num FROM alembic_version")


def _tables(engine: Engine) -> list[str]:
    return _ask(engine, "SELECT name FROM sqlite_master WHERE type = 'table'")


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
    _ask(engine, "PRAGMA journal_mode = WAL")


def _ask(engine: Engine, question: str) -> list[str]:
    """The first column of an answer, asked outside of any transaction."""
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute(question)
        return [str(row[0]) for row in cursor.fetchall()]
    finally:
        held.close()
