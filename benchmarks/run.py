"""How quick and how heavy Value Loop is here, with real processes on empty homes.

    python benchmarks/run.py [--json FILE] [--strict] [--only NAME ...]

Prints a Markdown table with budgets beside the figures; with ``--strict`` exits with 1 where one is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

import made_up
from memory import megabytes

HERE = Path(__file__).resolve().parent
VALUE_LOOP = (sys.executable, "-m", "assistant")
CROWD = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement; ``budget`` is the most it should be, None where there is none."""

    name: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the budget is kept, or there is none."""
        return self.budget is None or self.value <= self.budget

    @property
    def row(self) -> str:
        """A line of the table."""
        budget = "" if self.budget is None else f"{self.budget:g} {self.unit}".strip()
        verdict = "" if self.budget is None else "kept" if self.kept else "**not kept**"
        value = f"{_short(self.value)} {self.unit}".strip()
        return f"| {self.name} | {value} | {budget} | {verdict} |"


@dataclass(frozen=True, slots=True)
class Done:
    """A process that ended: what it printed, how long it took, and its peak memory in MB."""

    out: str
    seconds: float
    peak: float


def run(home: Path, *command: str | Path) -> Done:
    """Run a process to its end on this home; raises CalledProcessError where it fails."""
    arguments = [str(part) for part in command]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(arguments, stdout=out, env=_environment(home), cwd=home.parent)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        out.seek(0)
        return Done(out.read().decode(), taken, megabytes(used.ru_maxrss))


def measure_starting(home: Path) -> list[Figure]:
    """How long the shortest command and the web app take to be there."""
    helps = [run(home, *VALUE_LOOP, "--help").seconds for _ in range(5)]
    seconds, peak = _serve(home)
    return [
        Figure("`value-loop --help`, median of 5", statistics.median(helps), "s", 1),
        Figure("web app answers, empty home", seconds, "s", 10),
        Figure("peak memory of the web app, nobody there", peak, "MB", 600),
    ]


def measure_importing(home: Path) -> list[Figure]:
    """How long 10,000 people and 1,000 conversations take."""
    people = run(home, *VALUE_LOOP, "people", "import", _file(home, "people.csv", made_up.people(10_000)))
    run(home, *VALUE_LOOP, "round", "open", made_up.ROUND)
    file = _file(home, "conversations.jsonl", made_up.feedbacks(1_000))
    conversations = run(home, *VALUE_LOOP, "conversations", "import", file)
    return [
        Figure("import of 10,000 people", people.seconds, "s", 10),
        Figure("import of 1,000 conversations", conversations.seconds, "s"),
        Figure("peak memory of both imports", max(people.peak, conversations.peak), "MB", 600),
    ]


def measure_understanding(home: Path) -> list[Figure]:
    """How long one team's analysis and the first words of a reply take, in a process that holds the engine."""
    run(home, *VALUE_LOOP, "people", "import", _file(home, "people.csv", made_up.team_people()))
    run(home, *VALUE_LOOP, "round", "open", made_up.ROUND)
    file = _file(home, "conversations.jsonl", made_up.team_conversations())
    run(home, *VALUE_LOOP, "conversations", "import", file)
    run(home, *VALUE_LOOP, "round", "open", "feedback-chat")
    done = run(home, sys.executable, HERE / "inside.py")
    inside = json.loads(done.out)
    analysis = inside["analysis"]
    statements = analysis["statements"]
    return [
        Figure("loading the engine", inside["loading"], "s"),
        Figure(f"analysis of one team, 8 respondents, {statements} statements", analysis["total"], "s"),
        Figure("the same, per statement", 1_000 * analysis["total"] / statements, "ms"),
        Figure("bare encoding, per statement", 1_000 * analysis["bare"] / statements, "ms"),
        Figure("analysis against bare encoding", analysis["total"] / analysis["bare"], "times", 3),
        Figure("first words of a reply in chat", inside["first_reply"], "s"),
        Figure("peak memory of analysis and chat", done.peak, "MB", 600),
    ]


def measure_crowd(home: Path) -> list[Figure]:
    """How long turns take with a hundred people at once, and whether anything is lost or mixed up between them."""
    found = json.loads(run(home, sys.executable, HERE / "crowd.py", str(CROWD)).out)
    return [
        Figure("a bare HTTP echo of the same messages, 95 % below", 1_000 * found["echo"], "ms"),
        Figure("a whole turn, 1 conversation, 95 % below", 1_000 * found["alone"], "ms"),
        Figure(
            f"a whole turn, {CROWD} conversations, 10 s before each answer, 95 % below", 1_000 * found["calm"], "ms"
        ),
        Figure(f"a whole turn, {CROWD} conversations, no time between, 95 % below", 1_000 * found["rushed"], "ms"),
        Figure("peak memory of the same, before anybody spoke", found["at_rest"], "MB"),
        Figure("peak memory of the same, in all", found["in_use"], "MB", 600),
        Figure("conversations that ended in an error", found["errors"], "", 0),
        Figure("messages lost", found["lost"], "", 0),
        Figure("words in somebody else’s conversation", found["mixed"], "", 0),
    ]


def measure_browser(home: Path) -> list[Figure]:
    """How soon a page shows the first word of a reply."""
    found = json.loads(run(home, sys.executable, HERE / "browser.py").out)
    return [Figure(f"first word of a reply on a page, median of {found['replies']}", found["median"], "ms", 300)]


MEASURES = {
    "starting": measure_starting,
    "importing": measure_importing,
    "understanding": measure_understanding,
    "crowd": measure_crowd,
    "browser": measure_browser,
}


def main() -> int:
    """Measure what is wanted, print the table, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    parser.add_argument("--strict", action="store_true", help="exit with 1 where a budget is not kept")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), help="measure only these")
    wanted = parser.parse_args()
    figures: list[Figure] = []
    for measure in (MEASURES[name] for name in wanted.only):
        with tempfile.TemporaryDirectory(prefix="value-loop-benchmark-") as folder:
            figures += measure(Path(folder) / "home")
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"Machine: {machine}\n\n| what | figure | budget | |\n| --- | ---: | ---: | --- |")
    print("\n".join(figure.row for figure in figures))
    if wanted.json:
        kept = [asdict(figure) | {"kept": figure.kept} for figure in figures]
        wanted.json.write_text(json.dumps({"machine": machine, "figures": kept}, indent=1) + "\n", encoding="utf-8")
    return 1 if wanted.strict and not all(figure.kept for figure in figures) else 0


def _serve(home: Path) -> tuple[float, float]:
    """Seconds until the web app answers a request, and its peak memory in MB."""
    started = time.perf_counter()
    command = [*VALUE_LOOP, "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=_environment(home), cwd=home.parent, text=True)
    try:
        said = process.stdout.readline() if process.stdout else ""
        address = next(word for word in said.split() if word.startswith("http://"))
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - the app's own address
            answer.read()
        taken = time.perf_counter() - started
    finally:
        process.terminate()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return taken, megabytes(used.ru_maxrss)


def _environment(home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
    return inherited | {"VALUE_LOOP_HOME": str(home), "PYTHONPATH": str(HERE.parent)}


def _file(home: Path, name: str, content: str) -> Path:
    path = home.parent / name
    path.write_text(content, encoding="utf-8")
    return path


def _short(value: float) -> str:
    if value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
