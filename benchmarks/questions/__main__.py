"""How well leaders' questions are understood and answered, and how long an answer takes.

    python benchmarks/questions [--managers N ...] [--page]
    python benchmarks/questions --engine llm --model openai:NAME [--url URL] [--only "held out"] [--first N]

puts the questions of ``development.jsonl`` and ``held_out.jsonl`` to an organisation that is made up with a fixed seed,
through the real store, and holds what comes back against the right query and the right numbers. ``--engine llm`` is a
language model on any server that speaks OpenAI's protocol, with the same measures; its key is taken from
``OPENAI_API_KEY``. It also says how many questions the embedded engine had to read in the model's place, and takes no
times. ``--managers`` are the sizes for the times (10, 100, 1,000 and 10,000), each manager with eight
respondents in each of eight rounds. ``--page`` writes ``docs/questions.md``. Exits with 1 where something was shown
that has to be refused, or a finding was cited that is not there.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path.insert(0, str(REPOSITORY))

from asking import Marked, put, questions
from growth import QUESTIONS as TIMED
from growth import Timed, timed
from made_up_rounds import fill, world
from structlog.testing import capture_logs

from assistant.bootstrap import Parts
from assistant.engines.embedded.question_reader import PARTS, figures
from assistant.loop.questions import Understanding
from assistant.settings import Settings
from assistant.stores.sql.store import SqlStore

PAGE = REPOSITORY / "docs" / "questions.md"
HEAD = """\
| questions | number | query exactly right | answer right | refused where it has to be | citations that are there |
| --- | ---: | ---: | ---: | ---: | ---: |"""
SETS = {"held out": "held_out.jsonl", "built from": "development.jsonl"}
PUT = {"plainly": "put plainly", "own manner": "in manners of their own"}


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


def rows(marked: dict[str, tuple[Marked, ...]]) -> list[str]:
    """The table: a line for each set, and one for each way in which questions of it are put."""
    lines = []
    for name, marks in marked.items():
        lines.append(row(name, marks))
        for put_so, words in PUT.items():
            if so := [one for one in marks if one.asked.put == put_so]:
                lines.append(row(f"– {words}", so))
    return lines


def missed(marked: Sequence[Marked]) -> str:
    """The questions that were not wholly understood, as a list."""
    wrong = [one.asked for one in marked if False in {one.exact, one.answer_right, one.refused_right}]
    return "\n".join(f"- {' → '.join((*asked.after, asked.question))}" for asked in wrong) or "None."


def told(figures: Mapping[str, float]) -> str:
    """What the trained reader tells of questions left out, as a table."""
    head = f"| questions | {' | '.join(PARTS)} | all parts |\n| ---: |{' ---: |' * (len(PARTS) + 1)}"
    shares = " | ".join(f"{figures[part]:.2f}" for part in (*PARTS, "all"))
    return f"{head}\n| {figures['questions']:,} | {shares} |"


def times(measured: Sequence[Timed]) -> str:
    """The table of times."""
    head = f"| managers | reports | {' | '.join(TIMED)} |\n| ---: | ---: | {' | '.join(['---:'] * len(TIMED))} |"
    lines = (f"| {one.managers:,} | {one.reports:,} | {' | '.join(_cells(one))} |" for one in measured)
    return "\n".join([head, *lines])


def _cells(one: Timed) -> list[str]:
    return [*(f"{1000 * s:,.0f} ms" for s in one.seconds), *["–"] * (len(TIMED) - len(one.seconds))]


def engine_for(model: str | None, url: str | None, folder: str) -> Understanding:
    """The embedded engine, or a language model (such as ``openai:NAME``), at ``url`` where one is given."""
    chosen = {"model": model, **({"openai_base_url": url} if url else {})} if model else {}
    return Parts(Settings(home=Path(folder), _env_file=None, **chosen)).engine  # type: ignore[arg-type]


def put_all(engine: Understanding, sets: Sequence[str], first: int | None = None) -> dict[str, tuple[Marked, ...]]:
    """Every question of these sets, or the first ones of each, put to the organisation that is made up.

    That is in a folder that goes away.
    """
    with tempfile.TemporaryDirectory() as folder:
        behaviours = Parts(Settings(home=Path(folder), _env_file=None)).knowledge.behaviours
        made, store = world(behaviours), SqlStore.open(Path(folder) / "made-up")
        fill(store, made)
        marked = {
            name: tuple(put(store, engine, made, behaviours, questions(HERE / SETS[name])[:first])) for name in sets
        }
        store.close()
    return marked


def is_safe(marked: dict[str, tuple[Marked, ...]]) -> bool:
    """Whether nothing was shown that has to be refused, and everything that was cited is there."""
    every = [one for marks in marked.values() for one in marks]
    return all(one.refused_right is not False and one.citations_exist for one in every)


def of_model(model: str, url: str | None, sets: Sequence[str], first: int | None) -> int:
    """Measure a language model, and print."""
    stood_in = []
    with tempfile.TemporaryDirectory() as folder, capture_logs() as logs:
        engine = engine_for(model, url, folder)
        marked = put_all(engine, sets, first)
        stood_in = [one for one in logs if one["event"] == "embedded_engine_stands_in"]
    lines = [f"Engine `{engine.name}`.", "", HEAD, *rows(marked)]  # type: ignore[attr-defined]
    lines += ["", f"Read by the embedded engine in place of the model: {len(stood_in)} calls."]
    for name, marks in marked.items():
        lines += ["", f"Not understood, {name}:", "", missed(marks)]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(not is_safe(marked))


def main() -> int:
    """Measure, print, and keep the page where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--engine", choices=("embedded", "llm"), default="embedded")
    arguments.add_argument("--model", help="the language model's name, such as openai:NAME")
    arguments.add_argument("--url", help="the address of its server, where it is not the vendor's own")
    arguments.add_argument("--only", choices=sorted(SETS), help="put the questions of one set")
    arguments.add_argument("--first", type=int, metavar="N", help="put only so many questions of each set")
    arguments.add_argument("--managers", type=int, nargs="*", default=[10, 100, 1000, 10000])
    arguments.add_argument("--page", action="store_true", help=f"write {PAGE.relative_to(REPOSITORY)}")
    given = arguments.parse_args()
    if given.engine == "llm":
        if not given.model or given.page:
            arguments.error("--engine llm needs --model, and writes no page: that is about the embedded engine")
        return of_model(given.model, given.url, [given.only] if given.only else [*SETS], given.first)
    if given.only or given.first:
        arguments.error("--only and --first are for --engine llm; the embedded engine reads all within a minute")
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(None, None, folder)
        behaviours = Parts(Settings(home=Path(folder), _env_file=None)).knowledge.behaviours
        marked = put_all(engine, [*SETS])
        measured = [timed(number, engine, behaviours) for number in given.managers]
    page = (
        (HERE / "page.md")
        .read_text(encoding="utf-8")
        .format(
            machine=f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
            engine=engine.name,  # type: ignore[attr-defined]
            table="\n".join([HEAD, *rows(marked)]),
            reader=told(figures()),
            missed=missed(marked["held out"]),
            times=times(measured),
        )
    )
    if given.page:
        PAGE.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return int(not is_safe(marked))


if __name__ == "__main__":
    sys.exit(main())
