"""Moving to a PostgreSQL server: every value arrives as it was, whatever it is killed by, and work goes on there."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assistant.domain.access import person
from assistant.domain.errors import BadInput, Broken
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.moving.copying import copy_all
from assistant.stores.moving.moving import move
from assistant.stores.sql.sqlite_file import SqliteFile
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.tables import metadata
from tests.fakes.any_rows import ROWS, fill
from tests.fakes.installation import Installation, let_go
from tests.fakes.used_home import TEAM, answer, kept, set_up


@pytest.fixture
def kind() -> str:
    """The target is on a server."""
    return "postgresql"


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A home folder that has been used, with its database in a file."""
    set_up(tmp_path / "used")
    return tmp_path / "used"


def spoken(home: Path, url: str | None) -> list[int]:
    """How many conversations can be read of each of the team."""
    store = SqlStore.open(home, url=url)
    with store.work() as work:
        said = [len(work.conversations.by_author(email, person(email))) for email in TEAM]
    store.close()
    return said


def test_every_table_goes_there_and_back_with_equal_sums(tmp_path: Path, installation: Installation) -> None:
    """Times, booleans, fractions, JSON and letters of all kinds; numbers go on where they would have, on both ways."""
    homes = [tmp_path / name for name in ("one", "two")]
    for home in homes:
        SqlStore.open(home).close()
    with let_go(SqliteFile(homes[0], 1)) as one, let_go(SqliteFile(homes[1], 1)) as two:
        fill(one.engine)
        with one.begin() as connection:
            connection.exec_driver_sql("DELETE FROM correction WHERE number > 20")
        with let_go(installation.database()) as server:
            with one.engine.connect() as source:
                there = copy_all(source, server, batch=7)
            with server.engine.connect() as source:
                assert copy_all(source, two, batch=11) == there
    assert sum(one.rows for one in there.values()) == ROWS * len(metadata.tables) - 8
    assert kept(homes[1]) == kept(homes[0])


def test_an_installation_moves_to_a_server_and_goes_on_there(used: Path, installation: Installation) -> None:
    """The keys stay where they are, words can be read and new ones said, and the file refuses."""
    before = kept(used)
    moved = move(used, installation.url, SqliteKeyring.open(used))
    assert "PostgreSQL" in moved.says
    assert kept(used) == before
    store = SqlStore.open(used, url=installation.url)
    answer(store, *TEAM)
    store.close()
    assert spoken(used, installation.url) == [2] * len(TEAM)
    with pytest.raises(Broken, match="was moved to the PostgreSQL database"):
        spoken(used, None)


def test_a_server_that_holds_something_is_left_alone(used: Path, installation: Installation) -> None:
    """Nothing is marked then, and no password is told."""
    installation.ask("INSERT INTO no_reminders (email) VALUES ('li@acme.example')")
    with pytest.raises(BadInput, match=r"something in the PostgreSQL database .* already"):
        move(used, installation.url, SqliteKeyring.open(used))
    assert spoken(used, None) == [1] * len(TEAM)


def _move_and_die(home: Path, to: str, after: int) -> None:
    """Move, and be killed before the next statement to a database, after so many."""
    done = 0

    def count_one(*_: object) -> None:
        nonlocal done
        done += 1
        if done > after:
            os.kill(os.getpid(), signal.SIGKILL)

    for what in ("before_cursor_execute", "commit"):
        event.listen(Engine, what, count_one)
    move(home, to, SqliteKeyring.open(home))
    os._exit(0)


def test_a_move_to_a_server_that_is_killed_is_carried_on(used: Path, installation: Installation) -> None:
    """Killed again and again, each time some statements later than it came before, it arrives at the end."""
    killed, status = 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        dying = (used, installation.url, 20 + 23 * killed)
        process = multiprocessing.get_context("fork").Process(target=_move_and_die, args=dying)
        process.start()
        process.join()
        status, killed = process.exitcode, killed + 1
    assert (status, killed > 5) == (0, True)
    assert spoken(used, installation.url) == [1] * len(TEAM)
    own = {name: len(rows) for name, rows in kept(used).items() if name in metadata.tables and rows}
    assert installation.rows() == own
