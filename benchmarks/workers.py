"""Analyses one round with different numbers of workers on a real PostgreSQL server, and looks whether it is the same.

    .venv/bin/python benchmarks/workers.py [--managers 60] [--workers 1 2 4] [--kill-every SECONDS]

Each number of workers begins with the same copy of the database. With ``--kill-every``, all is done once more while the
oldest worker is killed so often, and another started in its place. The exit status is 1 where a report is missing or
differs by a byte, whoever made it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from assistant.domain.access import ANALYSIS
from assistant.stores.queue.queued_jobs import QueuedJobs
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.values import to_json
from benchmarks.made_up import ROUND, feedbacks, people
from tests.fakes.postgres_server import EMPTY, PostgresServer

TEAM = 8
LOOK_EVERY = 0.2


@dataclass(frozen=True)
class Place:
    """A home folder and its database."""

    home: Path
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which commands run."""
        own = {"VALUE_LOOP_HOME": str(self.home), "VALUE_LOOP_DATABASE_URL": self.url, "PYTHONPATH": str(REPOSITORY)}
        return {name: v for name, v in os.environ.items() if not name.startswith("VALUE_LOOP_")} | own

    def run(self, *arguments: str) -> None:
        """Run a command to its end; a failure ends the benchmark."""
        subprocess.run(self._command(*arguments), env=self.environment, check=True, capture_output=True)

    def start(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return subprocess.Popen(self._command("worker"), env=self.environment)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "assistant", *arguments]


@dataclass(frozen=True)
class Made:
    """What a number of workers has made, and how long it took."""

    workers: int
    killed: int
    seconds: float
    reports: int
    digest: str


def main() -> None:
    """Analyse with each number of workers, and print a table."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--managers", type=int, default=60)
    given.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    given.add_argument("--kill-every", type=float, default=0.0, metavar="SECONDS")
    asked = given.parse_args()
    with PostgresServer.running() as server, tempfile.TemporaryDirectory(prefix="value-loop-") as folder:
        name = server.make(EMPTY)
        first = Place(Path(folder) / "first", server.url_of(name))
        _fill(first, Path(folder), asked.managers)
        made = []
        for kill_every in (0.0, asked.kill_every) if asked.kill_every else (0.0,):
            for workers in asked.workers:
                copy = Path(shutil.copytree(first.home, Path(folder) / f"with-{workers}-{kill_every:g}"))
                made.append(_analysed(Place(copy, server.url_of(server.make(name))), workers, kill_every))
    _print(made, asked.managers)
    sys.exit(0 if {(one.reports, one.digest) for one in made} == {(asked.managers, made[0].digest)} else 1)


def _fill(place: Place, folder: Path, managers: int) -> None:
    count = managers * TEAM + 1
    (folder / "people.csv").write_text(people(count), encoding="utf-8")
    (folder / "conversations.jsonl").write_text(feedbacks(count - 1), encoding="utf-8")
    place.run("people", "import", str(folder / "people.csv"))
    place.run("round", "open", ROUND)
    place.run("conversations", "import", str(folder / "conversations.jsonl"))
    place.run("round", "close", ROUND)


def _analysed(place: Place, workers: int, kill_every: float) -> Made:
    place.run("analyse", ROUND, "--by-workers")
    queue = QueuedJobs(place.url, "the database of the benchmark")
    began = killed_at = time.monotonic()
    killed = 0
    with _running(place, workers) as running:
        while (now := queue.now()).waiting or now.at_work:
            time.sleep(LOOK_EVERY)
            if kill_every and time.monotonic() - killed_at > kill_every:
                oldest = running.pop(0)
                oldest.kill()
                oldest.wait()
                running.append(place.start())
                killed, killed_at = killed + 1, time.monotonic()
        seconds = time.monotonic() - began
    if now.given_up:
        sys.exit(f"given up: {[one.problem for one in now.given_up]}")
    return Made(workers, killed, seconds, *_reports(place))


@contextmanager
def _running(place: Place, workers: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    running = [place.start() for _ in range(workers)]
    try:
        yield running
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()


def _reports(place: Place) -> tuple[int, str]:
    """How many reports there are, and a digest over all of them, unlocked."""
    store = SqlStore.open(place.home, url=place.url)
    with store.work() as work:
        managers = sorted(work.reports.made(ROUND))
        bodies = [to_json(work.reports.get(manager, ROUND, ANALYSIS)) for manager in managers]
    store.close()
    return len(managers), hashlib.sha256("\n".join(bodies).encode()).hexdigest()


def _print(made: list[Made], managers: int) -> None:
    print(f"{managers:,} managers with {TEAM} respondents each, {os.cpu_count()} cores\n")
    print("| workers | killed | seconds | reports a minute and worker | reports | digest over all |")
    print("| ---: | ---: | ---: | ---: | ---: | --- |")
    for one in made:
        rate = 60 * one.reports / one.seconds / one.workers
        cells = (f"{one.workers}", f"{one.killed}", f"{one.seconds:,.0f}", f"{rate:,.0f}", f"{one.reports:,}")
        print(f"| {' | '.join(cells)} | `{one.digest[:16]}` |")


if __name__ == "__main__":
    main()
