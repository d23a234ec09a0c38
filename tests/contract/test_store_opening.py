"""Opening the store: what is made, and what is said where it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.domain.errors import Broken, Busy
from assistant.domain.organisation import Person
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation

FILE = "value-loop.sqlite3"
SQLITE = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ANA = Person("ana@acme.example", "Ana Ruiz", None)


def modes(home: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.iterdir())}


def look_into(store: SqlStore) -> None:
    with store.work() as work:
        work.people.organisation()


@SQLITE
def test_nobody_else_on_the_machine_can_read_what_is_kept(store: SqlStore, home: Path) -> None:
    """The folder is its owner's alone, and so is every file in it."""
    with store.work() as work:
        work.people.save([ANA])
    assert modes(home)["home"] == 0o700
    assert {mode for name, mode in modes(home).items() if name != "home"} == {0o600}
    assert f"{FILE}-wal" in modes(home)


@SQLITE
def test_opening_again_finds_what_was_kept_and_loads_no_migrations(store: SqlStore, home: Path) -> None:
    """A store that is up to date opens fast: another process does not even import Alembic."""
    with store.work() as work:
        work.people.save([ANA])
    code = (
        "import sys, pathlib; from assistant.stores.sql.store import SqlStore\n"
        "store = SqlStore.open(pathlib.Path(sys.argv[1]))\n"
        "with store.work() as work: print(*work.people.organisation().people)\n"
        "print('alembic' in sys.modules, 'sqlalchemy.orm' in sys.modules, 'chromadb' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n") == ["ana@acme.example", "False False False", ""]


def test_two_processes_may_start_at_once_on_an_empty_folder(home: Path) -> None:
    """One of them makes the tables, the others wait for it, and all can use them."""
    code = (
        "import sys, pathlib; from assistant.stores.sql.store import SqlStore\n"
        "with SqlStore.open(pathlib.Path(sys.argv[1])).work() as work: work.people.organisation()"
    )
    started = [subprocess.Popen([sys.executable, "-c", code, str(home)]) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]


def test_a_process_that_prepares_the_store_for_too_long_is_not_waited_for(home: Path) -> None:
    """Whoever starts meanwhile is told so, and can open the store afterwards."""
    home.mkdir()
    with FileLock(home / "value-loop.lock"), ThreadPoolExecutor(1) as other, pytest.raises(Busy, match="preparing"):
        other.submit(SqlStore.open, home, 0.1).result()
    SqlStore.open(home).close()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The operator reads which folder it is and which setting chooses another."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Broken, match=r"file/home cannot be used .* VALUE_LOOP_HOME"):
        SqlStore.open(tmp_path / "file" / "home")


def test_a_file_that_is_no_database_is_left_as_it_is(home: Path) -> None:
    """It is named as what it is, and not overwritten."""
    home.mkdir()
    (home / FILE).write_text("These are notes, not tables. " * 100)
    with pytest.raises(Broken, match="is not a database"):
        SqlStore.open(home)
    assert (home / FILE).read_text().startswith("These are notes")


def test_another_programs_database_is_left_as_it_is(home: Path) -> None:
    """Tables that Value Loop did not make are not mixed with its own."""
    home.mkdir()
    with sqlite3.connect(home / FILE) as file:
        file.execute("CREATE TABLE recipe (name TEXT)")
    file.close()
    with pytest.raises(Broken, match="belongs to another program"):
        SqlStore.open(home)


@SQLITE
def test_a_store_of_a_newer_version_is_not_touched(store: SqlStore, home: Path) -> None:
    """An older program does not open what a newer one has changed."""
    store.close()
    with sqlite3.connect(home / FILE) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    with pytest.raises(Broken, match="newer version"):
        SqlStore.open(home)


@SQLITE
def test_a_file_that_is_damaged_later_is_named(store: SqlStore, home: Path) -> None:
    """Damage that shows only while working is said in words, too."""
    with store.work() as work:
        work.people.save([Person(f"p{i}@acme.example", f"P {i}", None) for i in range(2000)])
    store.close()
    whole = (home / FILE).read_bytes()
    (home / FILE).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(Broken, match="damaged"), store.work() as work:
        work.people.organisation()


def test_whoever_waits_too_long_is_told_that_the_store_is_busy(store: SqlStore, installation: Installation) -> None:
    """Waiting ends after the patience given, across processes and across threads."""
    impatient = installation.open(patience=0.1)
    with store.work() as work:
        work.people.save([ANA])
        with pytest.raises(Busy), impatient.work():
            pass
    with impatient.work(), ThreadPoolExecutor(1) as other, pytest.raises(Busy):
        other.submit(look_into, impatient).result()
    with impatient.work() as work:
        assert list(work.people.organisation().people) == ["ana@acme.example"]
    impatient.close()
