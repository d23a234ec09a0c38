"""The commands on a database of a PostgreSQL server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, CommandLine
from tests.fakes.postgres_server import EMPTY, PostgresServer

MANAGER = "henrike@threeherons.example"


@dataclass(frozen=True)
class OnServer(CommandLine):
    """``value-loop`` with its database at ``url``."""

    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which commands run."""
        return super().environment | {"VALUE_LOOP_DATABASE_URL": self.url}


@pytest.fixture
def on_server(server: PostgresServer, tmp_path: Path) -> Iterator[OnServer]:
    """The command on an empty database."""
    name = server.make(EMPTY)
    yield OnServer(tmp_path / "there" / "home", server.url_of(name))
    server.drop(name)


SHOWN = [
    ("report", MANAGER, "--round", "2026-Q3", "--format", "json"),
    ("report", MANAGER, "--round", "2026-Q3", "--format", "markdown"),
    ("ask", "Where do teams wait for decisions?", "--as", "solveig@threeherons.example"),
]


def test_a_round_comes_out_the_same_as_in_a_file(on_server: OnServer, example: CommandLine) -> None:
    """A report byte for byte, and what a leader is told; the chain of the reader log holds."""
    on_server.home.parent.mkdir()
    done = [
        on_server("people", "import", EXAMPLE / "people.csv"),
        on_server("round", "open", "2026-Q3"),
        on_server("conversations", "import", EXAMPLE / "conversations-2026-Q3.jsonl"),
        on_server("round", "close", "2026-Q3"),
        on_server("analyse", "2026-Q3"),
    ]
    assert [one.err for one in done if one.status] == []
    assert [on_server(*look).out for look in SHOWN] == [example(*look).out for look in SHOWN]
    assert on_server("log", "verify").status == 0
    assert not (on_server.home / "value-loop.sqlite3").exists()


def test_doctor_says_which_database_it_is_and_whether_it_answers(on_server: OnServer) -> None:
    """Without the password, which is in no line."""
    on_server.home.parent.mkdir()
    well = json.loads(on_server("doctor", "--json").out)["checks"]
    says = next(check["says"] for check in well if check["name"] == "store")
    assert says.startswith("the PostgreSQL database value_loop_")
    gone = on_server("doctor", VALUE_LOOP_DATABASE_URL="postgresql://loop:xylographically@127.0.0.1:1/loop")
    assert gone.status == 1
    assert "MEND  store: The server of the PostgreSQL database loop on 127.0.0.1 does not answer." in gone.out
    assert "xylographically" not in gone.out + gone.err


@pytest.mark.parametrize("given", ["sqlite:///elsewhere", "mysql://loop:xylographically@db/loop", "db.acme.example"])
def test_an_address_of_another_kind_is_found(value_loop: CommandLine, given: str) -> None:
    """With what it should look like, and without what was given."""
    outcome = value_loop("round", "status", "2026-Q4", VALUE_LOOP_DATABASE_URL=given)
    assert outcome.status == 2
    assert "VALUE_LOOP_DATABASE_URL" in outcome.err
    assert "postgresql://USER:PASSWORD@HOST/DATABASE" in outcome.err
    assert given not in outcome.err
