"""Machines that have a database, its keys and the master key in common, and a home folder each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, CommandLine
from tests.fakes.postgres_server import EMPTY, PostgresServer

MANAGER, MEMBER = "henrike@threeherons.example", "samir@threeherons.example"
REPORT = ("report", MANAGER, "--round", "2026-Q3", "--format", "json")


@dataclass(frozen=True)
class OnMachine(CommandLine):
    """``value-loop`` on one machine, with its database and its keys on servers."""

    url: str = ""
    keys_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which commands run."""
        return super().environment | {"VALUE_LOOP_DATABASE_URL": self.url, "VALUE_LOOP_KEYS_URL": self.keys_url}


@pytest.fixture
def machines(server: PostgresServer, tmp_path: Path) -> Iterator[tuple[OnMachine, OnMachine]]:
    """Two of them, with empty databases and folders."""
    names = [server.make(EMPTY), server.make(EMPTY)]
    urls = [server.url_of(name) for name in names]
    (tmp_path / "there").mkdir()
    yield OnMachine(tmp_path / "one", *urls), OnMachine(tmp_path / "there" / "other", *urls)
    for name in names:
        server.drop(name)


def test_what_is_said_on_one_machine_is_analysed_and_erased_on_another(
    machines: tuple[OnMachine, OnMachine], example: CommandLine
) -> None:
    """The other says what it lacks, then makes the report that one machine makes; what it erases is gone for both."""
    one, other = machines
    done = [
        one("people", "import", EXAMPLE / "people.csv"),
        one("round", "open", "2026-Q3"),
        one("conversations", "import", EXAMPLE / "conversations-2026-Q3.jsonl"),
        one("round", "close", "2026-Q3"),
        one("analyse", "2026-Q3", "--by-workers"),
    ]
    assert [step.err for step in done if step.status] == []
    assert "The master key is missing" in other("worker", "--until-idle").err
    other.home.mkdir(exist_ok=True)
    shutil.copy(one.home / "master.key", other.home)
    worked = other("worker", "--until-idle")
    assert worked.status == 0, worked.err
    assert one(*REPORT).out == other(*REPORT).out == example(*REPORT).out
    assert len(one("export", MEMBER).json["conversations"]) > 0
    assert other("erase", MEMBER, "--yes").status == 0
    assert one("export", MEMBER).status != 0
    assert [list(machine.home.glob("*.sqlite3")) for machine in machines] == [[], []]
