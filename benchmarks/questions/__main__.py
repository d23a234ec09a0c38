"""How well leaders' questions are understood and answered, and how long an answer takes.

    python benchmarks/questions [--url URL --model NAME] [--managers N ...] [--page]

puts the questions of ``development.jsonl`` and ``held_out.jsonl`` to an organisation that is made up with a fixed seed,
through the real store, and holds what comes back against the right query and the right numbers. Without ``--url`` it is
the embedded engine. ``--managers`` are the sizes for the times (10, 100, 1,000 and 10,000), each manager with eight
respondents in each of eight rounds. ``--page`` writes ``docs/questions.md``. Exits with 1 where something was shown
that has to be refused, or a finding was cited that is not there.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path.insert(0, str(REPOSITORY))

from asking import Marked, put, questions
from growth import QUESTIONS as TIMED
from growth import Timed, timed
from made_up_rounds import fill, world

from assistant.bootstrap import Parts
from assistant.loop.questions import Understanding
from assistant.settings import Settings
from assistant.stores.sql.store import SqlStore

PAGE = REPOSITORY / "docs" / "questions.md"
SETS = {"held out": "held_out.jsonl", "built from": "development.jsonl"}


def share(marks: Sequence[bool | None]) -> str:
    """How many are right of those that are asked for."""
    known = [mark for mark in marks if mark is not None]
    return f"{sum(known)} of {len(known)} ({sum(known) / len(known):.2f})" if known else "–"


def row(name: str, marked: Sequence[Marked]) -> str:
    """One line of the table."""
    parts = (
        share([one.exact for one in marked]),
        share([one.answer_right for one in marked]),
        share([one.refused_right for one in marked]),
        share([one.citations_exist for one in marked]),
    )
    return f"| {name} | {len(marked)} | {' | '.join(parts)} |"


def missed(marked: Sequence[Marked]) -> str:
    """The questions that were not wholly understood, as a list."""
    wrong = [one.asked for one in marked if False in {one.exact, one.answer_right, one.refused_right}]
    return "\n".join(f"- {' → '.join((*asked.after, asked.question))}" for asked in wrong) or "None."


def times(measured: Sequence[Timed]) -> str:
    """The table of times."""
    head = f"| managers | reports | {' | '.join(TIMED)} |\n| ---: | ---: | {' | '.join(['---:'] * len(TIMED))} |"
    lines = (
        f"| {one.managers:,} | {one.reports:,} | {' | '.join(f'{1000 * s:,.0f} ms' for s in one.seconds)} |"
        for one in measured
    )
    return "\n".join([head, *lines])


def engine_for(url: str | None, model: str | None, folder: str) -> Understanding:
    """The embedded engine, or a language model at ``url``."""
    chosen = {"model": model, "openai_base_url": url} if url else {}
    return Parts(Settings(home=Path(folder), _env_file=None, **chosen)).engine  # type: ignore[arg-type]


def main() -> int:
    """Measure, print, and keep the page where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--url", help="the address of a language model's server")
    arguments.add_argument("--model", help="its name, such as openai:NAME")
    arguments.add_argument("--managers", type=int, nargs="*", default=[10, 100, 1000, 10000])
    arguments.add_argument("--page", action="store_true", help=f"write {PAGE.relative_to(REPOSITORY)}")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(given.url, given.model, folder)
        knowledge = Parts(Settings(home=Path(folder), _env_file=None)).knowledge
        made = world(knowledge.behaviours)
        store = SqlStore.open(Path(folder) / "made-up")
        fill(store, made)
        marked = {
            name: tuple(put(store, engine, made, knowledge.behaviours, questions(HERE / file)))
            for name, file in SETS.items()
        }
        store.close()
        measured = [timed(number, engine, knowledge.behaviours) for number in given.managers]
    page = (
        (HERE / "page.md")
        .read_text(encoding="utf-8")
        .format(
            machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
            engine=engine.name,  # type: ignore[attr-defined]
            table="\n".join(row(name, marks) for name, marks in marked.items()),
            missed=missed(marked["held out"]),
            times=times(measured),
        )
    )
    if given.page:
        PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    every = [one for marks in marked.values() for one in marks]
    return int(any(one.refused_right is False or not one.citations_exist for one in every))


if __name__ == "__main__":
    sys.exit(main())
