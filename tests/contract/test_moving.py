"""Moving to another database: nothing is lost, however often it is killed, and the old one is left as it was."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from assistant.domain.access import person
from assistant.domain.errors import BadInput, Broken, Busy
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.moving import mark
from assistant.stores.moving.copying import copy_all, count, sum_of
from assistant.stores.moving.moving import move, move_back
from assistant.stores.sql.sqlite_file import SqliteFile
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.tables import metadata
from tests.fakes.any_rows import ROWS, fill
from tests.fakes.used_home import TEAM, answer, files, kept, set_up

DATABASE = "value-loop.sqlite3"


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("empty") / "home"
    SqlStore.open(home).close()
    return home


@pytest.fixture
def full(empty_home: Path, tmp_path: Path) -> Path:
    """A home with rows in every table; what is sealed in it opens nowhere."""
    home = Path(shutil.copytree(empty_home, tmp_path / "full"))
    with opened(home) as database:
        fill(database.engine)
    return home


@pytest.fixture
def used(tmp_path: Path) -> Path:
    """A home that has been used."""
    set_up(tmp_path / "used")
    return tmp_path / "used"


def address(folder: Path) -> str:
    """The address of the database in a home folder."""
    return f"sqlite:///{folder / DATABASE}"


def moved(home: Path, to: Path) -> None:
    """Move to another home folder."""
    move(home, address(to), SqliteKeyring.open(home))


def test_everything_arrives_and_the_old_one_is_left_as_it_was(used: Path, tmp_path: Path) -> None:
    """Every row; with the keys that go along, people's words can be read there."""
    before, all_files = kept(used), files(used)
    new = tmp_path / "new"
    moved(used, new)
    assert kept(new) == before
    assert {name: digest for name, digest in files(used).items() if not name.endswith(".moved")} == all_files
    shutil.copy(used / "master.key", new)
    store = SqlStore.open(new)
    with store.work() as work:
        assert [len(work.conversations.by_author(email, person(email))) for email in TEAM] == [1] * len(TEAM)
    answer(store, *TEAM)
    store.close()


def test_a_moved_installation_refuses_until_it_is_told(used: Path, tmp_path: Path) -> None:
    """Also a process that had it open before; and --back makes it what it was."""
    store, before = SqlStore.open(used), kept(used)
    moved(used, tmp_path / "new")
    for again in (lambda: answer(store, *TEAM), lambda: answer(SqlStore.open(used), *TEAM)):
        with pytest.raises(Broken, match=r"was moved to .*new.* move --back"):
            again()
    assert kept(used) == before
    assert move_back(used) == str(tmp_path / "new" / DATABASE)
    assert move_back(used) is None
    answer(store, *TEAM)
    store.close()


def copied(full: Path, empty: Path, batch: int, told: Callable[[int, int], None] = lambda _done, _of: None) -> None:
    """Copy the tables from one home to another, with their sums compared."""
    with opened(full) as source, opened(empty) as target, source.engine.connect() as connection:
        copy_all(connection, target, told, batch)


@contextmanager
def opened(home: Path) -> Iterator[SqliteFile]:
    """The database in a home folder, until the block ends."""
    database = SqliteFile(home, 1)
    try:
        yield database
    finally:
        database.engine.dispose()


@pytest.mark.parametrize("batch", [7, 1000])
def test_every_table_is_copied_whatever_the_batch(full: Path, empty_home: Path, tmp_path: Path, batch: int) -> None:
    """Also those that point to each other, and later numbers go on where they would have."""
    with closing(sqlite3.connect(full / DATABASE)) as file:
        file.execute("DELETE FROM correction WHERE number > 20")
        file.commit()
    new = Path(shutil.copytree(empty_home, tmp_path / "new"))
    heard: list[tuple[int, int]] = []
    copied(full, new, batch, lambda done, of: heard.append((done, of)))
    assert kept(new) == kept(full)
    assert len(kept(new)["sqlite_sequence"]) >= 5
    assert heard[-1] == (ROWS * len(metadata.tables) - 8,) * 2


def test_what_differs_in_the_end_is_named(full: Path, empty_home: Path, tmp_path: Path) -> None:
    """One letter of one row that somebody else has written to the new database."""
    new = Path(shutil.copytree(empty_home, tmp_path / "new"))
    copied(full, new, 10)
    with closing(sqlite3.connect(new / DATABASE)) as file:
        file.execute("UPDATE message SET content = 'other' WHERE position = 9")
        file.commit()
    with pytest.raises(Broken, match="The table message is not the same"):
        copied(full, new, 10)


def test_a_sum_does_not_depend_on_the_order_of_rows_but_on_every_value(full: Path) -> None:
    """Two rows that are changed for each other leave it as it is; a value does not."""
    table = metadata.tables["no_reminders"]
    with opened(full) as database, database.begin() as connection:
        before = sum_of(connection, table)
        connection.exec_driver_sql("DELETE FROM no_reminders WHERE email = 'email 1'")
        connection.exec_driver_sql("INSERT INTO no_reminders (email) VALUES ('email 1')")
        assert sum_of(connection, table) == before
        connection.exec_driver_sql("UPDATE no_reminders SET email = 'email X' WHERE email = 'email 1'")
        assert sum_of(connection, table).rows == before.rows == count(connection, table)
        assert sum_of(connection, table).digest != before.digest


def test_where_it_cannot_go(used: Path, tmp_path: Path) -> None:
    """No address, another kind, the same place, a database that holds something; nothing is marked then."""
    keyring = SqliteKeyring.open(used)
    other = tmp_path / "other"
    set_up(other)
    for to, says in (
        ("nowhere", "should be such as"),
        ("mysql://root:hidden@db/loop", r"mysql://root:\*\*\*@db/loop cannot hold it"),
        (f"sqlite:///{tmp_path / 'other.db'}", "cannot hold it"),
        (address(used), "already"),
        (address(other), "something in .* already"),
    ):
        with pytest.raises(BadInput, match=says):
            move(used, to, keyring)
        assert mark.read(used / DATABASE) is None
    with pytest.raises(Broken, match="nothing to move"):
        move(tmp_path / "none", address(other), SqliteKeyring.open(tmp_path / "none"))


def test_a_move_waits_until_the_app_has_stopped_and_goes_to_one_place(used: Path, tmp_path: Path) -> None:
    """Neither beside the app, nor to a second place before it is told to go back."""
    owner = Owner.of(used)
    with pytest.raises(Busy):
        moved(used, tmp_path / "new")
    owner.release()
    moved(used, tmp_path / "new")
    with pytest.raises(Broken, match="was moved to"):
        moved(used, tmp_path / "newer")


def _move_and_die(home: Path, to: Path, after: int) -> None:
    """Move, and be killed before the next statement to a database, after so many."""
    done = 0

    def count_one(*_: object) -> None:
        nonlocal done
        done += 1
        if done > after:
            os.kill(os.getpid(), signal.SIGKILL)

    for what in ("before_cursor_execute", "commit"):
        event.listen(Engine, what, count_one)
    moved(home, to)
    os._exit(0)


def test_a_move_that_is_killed_is_carried_on(used: Path, tmp_path: Path) -> None:
    """Killed again and again, each time some statements later than it came before, it arrives at the end."""
    before, new, killed, status = kept(used), tmp_path / "new", 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        process = multiprocessing.get_context("fork").Process(target=_move_and_die, args=(used, new, 20 + 11 * killed))
        process.start()
        process.join()
        status, killed = process.exitcode, killed + 1
        assert kept(used) == before
    assert (status, killed > 10) == (0, True)
    assert kept(new) == before
    assert mark.read(used / DATABASE) == mark.Mark(str(new / DATABASE), is_done=True)
