"""The commands on a database of a PostgreSQL server."""

from __future__ import annotations

import json
import signal
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import EXAMPLE, CommandLine
from tests.cli.test_serving import address, end
from tests.fakes.postgres_server import EMPTY, PostgresServer

MANAGER = "henrike@threeherons.example"
TOKEN = "of-our-own-0123456789"  # noqa: S105 -- of this test alone
BEARER = {"authorization": f"Bearer {TOKEN}"}


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
    process = on_server.start("serve", "--port", "0")
    try:
        with urllib.request.urlopen(address(process)) as page:  # noqa: S310 - an address of our own
            assert page.status == 200
    finally:
        end(process, signal.SIGTERM)
    assert not (on_server.home / "value-loop.sqlite3").exists()


def test_workers_make_the_reports_that_are_left_to_them(on_server: OnServer) -> None:
    """One job a manager, put once; a worker does them all and ends, and says how things stand in between."""
    asked_two_managers(on_server)
    assert on_server("analyse", "2026-Q4", "--by-workers", "--json").json["put"] == 2
    again = on_server("analyse", "2026-Q4", "--by-workers")
    assert again.out.startswith("2 reports wait to be made by the workers. 2 of them waited already.")
    assert on_server("jobs", "status").out == (
        "Waiting: 2. Being done: 0. Given up: 0. Workers: 0.\nReports of 2026-Q4 still to be made: 2.\n"
    )
    assert "MEND  jobs: 2 wait for workers, 0 are being done, workers at work: 0. Start one" in on_server("doctor").out
    worked = on_server("worker", "--until-idle")
    assert (worked.status, worked.out, worked.err) == (0, "", "")
    nothing = {"workers": 0, "waiting": 0, "at_work": 0, "given_up": [], "reports_left": {}}
    assert on_server("jobs", "status", "--json").json == nothing
    assert on_server("jobs", "retry").out == "Waiting again: 0.\n"
    assert on_server("round", "status", "2026-Q4", "--json").json["reports"] == 2
    assert "ok    jobs: 0 wait for workers, 0 are being done" in on_server("doctor").out


def asked_two_managers(on_server: OnServer) -> None:
    """A closed round with two managers, in which nobody has said anything."""
    on_server.home.parent.mkdir()
    people = on_server.home.parent / "people.csv"
    people.write_text(
        "email,name,manager_email,team,role\nmia@acme.example,Mia Maker,,Pricing,\nli@acme.example,Li Lo,,Sales,\n"
        + "".join(f"m{n}@acme.example,Member {n},{'mia' if n < 3 else 'li'}@acme.example,,\n" for n in range(6))
    )
    assert on_server("people", "import", people).status == 0
    assert on_server("round", "open", "2026-Q4").status == 0
    assert on_server("round", "close", "2026-Q4").status == 0


def test_a_monitor_reads_what_a_worker_does(on_server: OnServer) -> None:
    """At a port of its own, with the token."""
    asked_two_managers(on_server)
    assert on_server("analyse", "2026-Q4", "--by-workers").status == 0
    port = free_port()
    page = f"http://127.0.0.1:{port}/metrics"
    worker = on_server.start("worker", "--metrics-port", f"{port}", VALUE_LOOP_METRICS_TOKEN=TOKEN)
    try:
        read_until(page, 'value_loop_steps_total{outcome="done",step="analysis"} 2.0')
        assert httpx.get(page).status_code == 401
        assert httpx.get(f"http://127.0.0.1:{port}/", headers=BEARER).status_code == 404
        taken = on_server("worker", "--metrics-port", f"{port}", VALUE_LOOP_METRICS_TOKEN=TOKEN)
        assert (taken.status, "Choose another port" in taken.err) == (1, True)
    finally:
        end(worker, signal.SIGTERM)
    assert worker.returncode == 0
    refused = on_server("worker", "--metrics-port", f"{port}")
    assert (refused.status, "set VALUE_LOOP_METRICS_TOKEN" in refused.err) == (2, True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def read_until(page: str, sample: str) -> None:
    """Read the metrics until this is among them."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(httpx.ConnectError):
            if sample in httpx.get(page, headers=BEARER).text:
                return
        time.sleep(0.1)
    raise AssertionError(f"{sample} is not counted")


@pytest.mark.parametrize("command", [["worker"], ["analyse", "2026-Q4", "--by-workers"]])
def test_workers_need_a_server(small: CommandLine, command: list[str]) -> None:
    """With a file, whoever asks for them is told what does their work."""
    outcome = small(*command)
    assert outcome.status == 2
    assert "VALUE_LOOP_DATABASE_URL is not set" in outcome.err
    assert "value-loop tick" in outcome.err
    assert small("jobs", "status").out == "Waiting: 0. Being done: 0. Given up: 0. Workers: 0.\n"


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
