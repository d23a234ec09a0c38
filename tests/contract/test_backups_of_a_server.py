"""Backups of what a PostgreSQL server keeps: the same files, put back into an empty database."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assistant.domain.access import person
from assistant.domain.errors import BadInput
from assistant.loop.own_data import erase
from assistant.stores.backup.backups import Backups
from assistant.stores.keys.keyring import SqliteKeyring
from tests.fakes.installation import Installation, ServerInstallation
from tests.fakes.postgres_server import EMPTY
from tests.fakes.used_home import NOON, TEAM, kept, put_into


@pytest.fixture
def kind() -> str:
    """The database is on a server."""
    return "postgresql"


@pytest.fixture
def used(installation: Installation) -> Installation:
    """An installation that has been used."""
    store = installation.open()
    put_into(store)
    store.close()
    return installation


@pytest.fixture
def other(home: Path, request: pytest.FixtureRequest):
    """The same home folder with an empty database."""
    made = ServerInstallation(home, request.getfixturevalue("server"), EMPTY)
    yield made
    made.drop()


def backups(of: Installation) -> Backups:
    """What can be done for an installation."""
    return Backups(of.home, SqliteKeyring.open(of.home), of.url)


def spoken(of: Installation) -> list[int]:
    """How many conversations can be read of each of the team."""
    store = of.open()
    with store.work() as work:
        said = [len(work.conversations.by_author(email, person(email))) for email in TEAM]
    store.close()
    return said


@pytest.fixture
def made(used: Installation, tmp_path: Path) -> Path:
    """A backup of it."""
    (tmp_path / "away").mkdir()
    return backups(used).make(tmp_path / "away", NOON, None).path


def test_a_backup_goes_into_an_empty_database(used: Installation, other: Installation, made: Path) -> None:
    """Every row; who was erased since stays unreadable and is named."""
    before = used.rows()
    store = used.open()
    erase(store, TEAM[0])
    store.close()
    with backups(other).staged(made, None) as found:
        found.put_in_place()
    assert found.erased == (TEAM[0],)
    assert spoken(other) == [0, 1, 1, 1, 1, 1]
    assert {**other.rows(), "conversation": 6, "message": 12} | {"data_key": before["data_key"]} == before


def test_nothing_is_overwritten(used: Installation, made: Path) -> None:
    """A database that holds something is refused, with what to do."""
    with pytest.raises(BadInput, match="an empty database: make one"), backups(used).staged(made, None):
        pass
    assert spoken(used) == [1] * len(TEAM)


def test_a_backup_of_a_server_goes_into_a_file_as_well(used: Installation, made: Path, tmp_path: Path) -> None:
    """On one machine without a server, such as for a drill."""
    drill = tmp_path / "drill"
    drill.mkdir()
    for name in ("master.key", "keys.sqlite3"):
        shutil.copy(used.home / name, drill)
    with Backups(drill, SqliteKeyring.open(drill)).staged(made, None) as found:
        found.put_in_place()
    own = {name: len(rows) for name, rows in kept(drill).items() if rows and not name.startswith(("sqlite", "alembic"))}
    assert own == used.rows()


def _restore_and_die(of: Installation, made: Path, after: int) -> None:
    """Restore, and be killed before the next statement to a database, after so many."""
    done = 0

    def count_one(*_: object) -> None:
        nonlocal done
        done += 1
        if done > after:
            os.kill(os.getpid(), signal.SIGKILL)

    with backups(of).staged(made, None) as found:
        event.listen(Engine, "before_cursor_execute", count_one)
        found.put_in_place()
    os._exit(0)


def test_a_restore_that_is_killed_is_finished_by_the_next_opening(
    used: Installation, other: Installation, made: Path
) -> None:
    """In the middle of the tables."""
    process = multiprocessing.get_context("fork").Process(target=_restore_and_die, args=(other, made, 120))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert (other.home / "restore.ready").is_dir()
    assert spoken(other) == [1] * len(TEAM)
    assert other.rows() == used.rows()
