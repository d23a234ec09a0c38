"""Opening a store on a PostgreSQL server: what is made, and what is said where it cannot be used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from assistant.domain.errors import Broken
from assistant.domain.organisation import Person
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import ServerInstallation, let_go
from tests.fakes.postgres_server import PostgresServer

ANA = Person("ana@acme.example", "Ana Ruiz", None)
WORD = "xylographically"


@pytest.fixture
def kind() -> str:
    return "postgresql"


def opening(home: Path, url: str) -> None:
    SqlStore.open(home, patience=2, url=url).close()


def test_nothing_of_it_lies_in_the_home_folder_but_the_keys(store: SqlStore, home: Path) -> None:
    """No file of SQLite is made for what is on the server."""
    with store.work() as work:
        work.people.save([ANA])
    assert sorted(path.name for path in home.iterdir()) == ["keys.sqlite3", "master.key"]


@pytest.mark.parametrize("empty", [True], indirect=True)
def test_processes_may_start_at_once_on_an_empty_database(installation: ServerInstallation) -> None:
    """One of them makes the tables, the others wait for it, and all can use them."""
    code = (
        "import sys, pathlib; from assistant.stores.sql.store import SqlStore\n"
        "with SqlStore.open(pathlib.Path(sys.argv[1]), url=sys.argv[2]).work() as work: work.people.organisation()"
    )
    command = [sys.executable, "-c", code, str(installation.home), installation.url]
    started = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]


@pytest.mark.parametrize("empty", [True], indirect=True)
def test_another_programs_database_is_left_as_it_is(installation: ServerInstallation) -> None:
    """Tables that Value Loop did not make are not mixed with its own."""
    installation.ask("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(Broken, match=r"belongs to another program.*VALUE_LOOP_DATABASE_URL"):
        installation.open()
    assert installation.database().tables() == ["recipe"]


def test_a_database_of_a_newer_version_is_not_touched(installation: ServerInstallation) -> None:
    """An older program does not open what a newer one has changed."""
    installation.ask("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Broken, match="newer version"):
        installation.open()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (f"postgresql://loop:{WORD}@127.0.0.1:1/loop", "loop on 127.0.0.1 does not answer"),
        (f"postgresql://loop:{WORD}@nowhere.invalid/loop", "loop on nowhere.invalid does not answer"),
        (f"postgresql://loop:{WORD}@127.0.0.1:seven/loop", "no address of a database"),
    ],
)
def test_a_server_that_is_not_there_is_named_without_the_password(home: Path, url: str, says: str) -> None:
    """The operator reads which database it is and which setting to check."""
    with pytest.raises(Broken, match=says) as raised:
        opening(home, url)
    assert "VALUE_LOOP_DATABASE_URL" in str(raised.value)
    assert WORD not in str(raised.value)


def test_a_database_that_is_not_there_is_named(server: PostgresServer, home: Path) -> None:
    """The server is, so that the operator looks for the name and not for the network."""
    with pytest.raises(Broken, match=r"database nothing on .* has no such database or user"):
        opening(home, server.url_of("nothing"))


@pytest.fixture
def guest(installation: ServerInstallation) -> Iterator[str]:
    """The address of the database for somebody who may look and nothing else."""
    installation.ask("CREATE ROLE guest LOGIN")
    installation.ask("GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    yield installation.url.replace("postgres:", "guest:", 1)
    installation.ask("DROP OWNED BY guest")
    installation.ask("DROP ROLE guest")


def test_a_user_who_may_not_write_is_told_so(guest: str, home: Path) -> None:
    """In words about rights, when it comes to writing."""
    store = SqlStore.open(home, url=guest)
    with pytest.raises(Broken, match="may not change the PostgreSQL database"), store.work() as work:
        work.people.save([ANA])
    store.close()


def test_a_connection_that_the_server_has_closed_is_replaced(
    store: SqlStore, server: PostgresServer, installation: ServerInstallation
) -> None:
    """Whoever comes afterwards notices nothing; whoever was in a transaction is told, and nothing of it is kept."""
    with store.work() as work:
        work.people.save([ANA])
    server.end_connections(installation.url)
    with store.work() as work:
        assert list(work.people.organisation().people) == [ANA.email]

    def cut_off() -> None:
        with store.work() as work:
            work.people.remove(ANA.email)
            server.end_connections(installation.url)
            work.people.organisation()

    with pytest.raises(Broken, match="does not answer"):
        cut_off()
    with store.work() as work:
        assert list(work.people.organisation().people) == [ANA.email]


def test_whoever_holds_a_table_is_not_waited_for_to_write_the_database_anew(
    store: SqlStore, installation: ServerInstallation
) -> None:
    """As a backup does; it is tried again after a while, and nobody else is kept from anything meanwhile."""
    with let_go(installation.database()) as database, psycopg.connect(installation.url) as backup:
        backup.execute("LOCK TABLE person IN ACCESS SHARE MODE")
        assert database.wipe() is False
        with store.work() as work:
            work.people.save([ANA])
        backup.rollback()
        assert database.wipe() is False
    with let_go(installation.database()) as database:
        assert database.wipe() is True
        assert database.wipe() is False


def test_no_error_holds_the_values_of_a_row(store: SqlStore) -> None:
    """PostgreSQL names them in the second line of its message; that line goes, also from what caused the error."""
    with store.work() as work:
        work.people.save([ANA])
    with pytest.raises(Exception, match="duplicate key") as raised, store.work() as work:
        work.people._connection.exec_driver_sql("INSERT INTO person SELECT * FROM person")
    chain = [raised.value, raised.value.__cause__, raised.value.__context__]
    assert isinstance(raised.value.__cause__, psycopg.Error)
    assert not any(ANA.email in str(error) for error in chain)
