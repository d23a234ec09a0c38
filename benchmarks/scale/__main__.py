"""How Value Loop grows: managers of a round, vectors of the index, people who talk at once, workers on a server.

    python benchmarks/scale [--managers N ...] [--vectors N ...] [--people N ...] [--workers N ...] [--peers N ...]
                            [--teams N] [--round N] [--kill-every SECONDS] [--only NAME ...] [--keep FOLDER] [--page]

Each measurement is a process of its own, on an empty home. ``--only`` takes some of ``company``, ``index``, ``chats``,
``workers`` and ``peers``, which are what others do in the place of parts of ours. ``--page`` writes
docs/scale-figures.md. All of it takes more than an hour: with ``--keep``, what was measured is kept in a folder, and a
run that was broken off goes on from there. Exits with 1 where reports differ or are missing, a conversation ended in an
error, or something was lost or mixed up.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent), str(REPOSITORY)]

from company import REDUCED, WHOLE, Analysed
from peers import Asked, Matched, asked_table, matched_table
from vectors import Searched

PAGE = REPOSITORY / "docs" / "scale-figures.md"
TEMPLATE = HERE / "page.md"
NAMES = ("company", "index", "chats", "workers", "peers")
MANY = 1_000
"""Managers in whose rounds everybody makes as many statements as usual; in bigger ones each makes one."""


@dataclass(frozen=True)
class Measuring:
    """Runs each measurement in a process of its own; what it printed is kept in a folder, if there is one."""

    folder: Path | None = None

    def figures(self, script: str, *arguments: object, home: Path | None = None) -> dict[str, Any]:
        """What a measurement prints, as JSON."""
        found: dict[str, Any] = json.loads(self.printed(script, *arguments, home=home))
        return found

    def printed(self, script: str, *arguments: object, home: Path | None = None) -> str:
        """What a measurement prints; one that fails ends it all."""
        if self.folder is None:
            return _run(script, *arguments, home=home)
        kept = self.folder / f"{'-'.join([Path(script).stem, *map(str, arguments)])}.txt"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            kept.write_text(_run(script, *arguments, home=home), encoding="utf-8")
        return kept.read_text(encoding="utf-8")


def company(measuring: Measuring, managers: Sequence[int]) -> list[Analysed]:
    """The rounds of companies of these sizes."""
    return [
        Analysed(**measuring.figures("company.py", number, said))
        for said in (WHOLE, REDUCED)
        for number in managers
        if said == REDUCED or number <= MANY
    ]


def index(measuring: Measuring, vectors: Sequence[int]) -> list[Searched]:
    """Indexes of these sizes."""
    return [Searched(**measuring.figures("vectors.py", number)) for number in vectors]


def chats(measuring: Measuring, people: Sequence[int]) -> list[dict[str, Any]]:
    """So many people who talk at the same time; see ``benchmarks/crowd.py``."""
    found = []
    for number in people:
        with tempfile.TemporaryDirectory(prefix="value-loop-scale-") as folder:
            talked = measuring.figures("../crowd.py", number, "calm", home=Path(folder) / "home")
            found.append({"people": number, **talked})
    return found


def work(measuring: Measuring, workers: Sequence[int], managers: int, kill_every: float | None) -> str:
    """The same round by these numbers of workers, and once more with some of them killed; see ``workers.py``."""
    killing = () if kill_every is None else ("--kill-every", kill_every)
    return measuring.printed("../workers.py", "--managers", managers, "--workers", *workers, *killing)


def peers(measuring: Measuring, managers: Sequence[int], teams: int) -> str:
    """A leader's questions over companies of these sizes, and the matching of statements, ours and others'."""
    asked = [Asked(**measuring.figures("retrieval.py", number)) for number in managers]
    matched = [Matched(**one) for one in measuring.figures("pairing.py", teams)["systems"]]
    return f"A leader's questions:\n\n{asked_table(asked)}\n\nObservations and claims:\n\n{matched_table(matched)}"


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope of the line through the logarithms, by least squares: 1.0 is twice the time for twice the size."""
    xs, ys = [math.log(size) for size in sizes], [math.log(one) for one in seconds]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True)) / sum((x - x_mean) ** 2 for x in xs)


def company_table(found: Sequence[Analysed]) -> str:
    """Rows, and under them how each kind of round grows."""
    lines = [
        "| managers | statements | said by each | seconds | ms a manager | against the bare encoder | peak memory |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.managers:,} | {one.statements:,} | {one.said_by_each} | {one.seconds:,.1f} | {1_000 * one.each:,.0f} "
        f"| {one.against_bare:.2f} times | {one.peak:,.0f} MB |"
        for one in found
    ]
    for said in sorted({one.said_by_each for one in found}):
        some = [one for one in found if one.said_by_each == said]
        if len(some) > 1:
            grows = exponent([one.managers for one in some], [one.seconds for one in some])
            lines += ["", f"With {said} said by each, the time grows with the {grows:.2f}th power of managers."]
    return "\n".join(lines)


def index_table(found: Sequence[Searched]) -> str:
    """Rows of the index."""
    head = "| vectors | kept a second | a query, middle | 95 % below | bare Chroma, middle | 95 % below |"
    return "\n".join(
        [head, "| ---: | ---: | ---: | ---: | ---: | ---: |"]
        + [
            f"| {one.vectors:,} | {one.kept_a_second:,.0f} | {one.middle:.1f} ms | {one.slow:.1f} ms "
            f"| {one.bare_middle:.1f} ms | {one.bare_slow:.1f} ms |"
            for one in found
        ]
    )


def chats_table(found: Sequence[dict[str, Any]]) -> str:
    """Rows of the chats, the time of a turn against that of a bare echo."""
    lines = [
        "| people at once | bare HTTP echo | a whole turn alone | among all | memory at rest | at most | errors | lost "
        "| mixed up |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one['people']} | {1_000 * one['echo']:.2f} ms | {_turn(one, 'alone')} | {_turn(one, 'calm')} "
        f"| {one['at_rest']:,.0f} MB | {one['in_use']:,.0f} MB | {one['errors']} | {one['lost']} | {one['mixed']} |"
        for one in found
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure what is wanted, print it, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--managers", type=int, nargs="+", default=[10, 100, 1_000, 10_000])
    parser.add_argument("--vectors", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--people", type=int, nargs="+", default=[100, 500])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--round", type=int, default=1_000, metavar="N", help="managers of the workers' round")
    parser.add_argument(
        "--kill-every", type=float, metavar="SECONDS", help="and once more with a worker killed so often"
    )
    parser.add_argument("--peers", type=int, nargs="+", default=[10, 100], metavar="N", help="managers asked about")
    parser.add_argument("--teams", type=int, default=24, metavar="N", help="teams whose statements are matched")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="what was measured is kept here, and not measured again"
    )
    parser.add_argument("--page", action="store_true", help="write docs/scale-figures.md")
    wanted = parser.parse_args()
    only = wanted.only
    measuring, tables, failed = Measuring(wanted.keep), {}, False
    if "company" in only:
        tables["company"] = company_table(company(measuring, wanted.managers))
    if "index" in only:
        tables["index"] = index_table(index(measuring, wanted.vectors))
    if "chats" in only:
        talked = chats(measuring, wanted.people)
        tables["chats"] = chats_table(talked)
        failed |= any(one[what] for one in talked for what in ("errors", "lost", "mixed"))
    if "workers" in only:
        tables["workers"] = work(measuring, wanted.workers, wanted.round, wanted.kill_every)
    if "peers" in only:
        tables["peers"] = peers(measuring, wanted.peers, wanted.teams)
    print("\n\n".join(f"## {name}\n\n{table}" for name, table in tables.items()))
    if wanted.page:
        kept = dict.fromkeys(NAMES, "–") | tables
        PAGE.write_text(TEMPLATE.read_text(encoding="utf-8").format(machine=_machine(), **kept), encoding="utf-8")
    return 1 if failed else 0


def _run(script: str, *arguments: object, home: Path | None) -> str:
    """What a script prints; one that fails ends it all."""
    path = os.pathsep.join(map(str, (REPOSITORY, HERE.parent, HERE)))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
    done = subprocess.run(
        [sys.executable, str(HERE / script), *map(str, arguments)],
        env=kept | {"PYTHONPATH": path} | ({"VALUE_LOOP_HOME": str(home)} if home else {}),
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{script} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def _turn(found: dict[str, Any], how: str) -> str:
    return f"{1_000 * found[how]:,.0f} ms ({found[how] / found['echo']:,.0f} times)"


def _machine() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{cores}, commit {commit.stdout.strip() or 'unknown'}"


if __name__ == "__main__":
    sys.exit(main())
