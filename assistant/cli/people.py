"""``value-loop people``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from assistant.cli.failures import left_out, show_problems
from assistant.cli.given_file import read_given
from assistant.cli.options import AsJson, GivenFile, SkipBad
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts

commands = typer.Typer(help="Who is there, and who reports to whom.", no_args_is_help=True)


@commands.callback()
def people() -> None:
    """Who is there, and who reports to whom."""


@commands.command("import")
def import_(file: GivenFile, skip_bad: SkipBad = False, json: AsJson = False) -> None:
    """Read people.csv: add and change people."""
    from assistant.loop.organisation import import_people
    from assistant.loop.people_file import LARGEST_FILE, read_people

    data = read_given(file, LARGEST_FILE)
    running = parts()
    store = running.store
    with progress("Reading people"):
        with store.work() as work:
            known = work.people.organisation()
        read = read_people(data, known, skip_bad)
        done = import_people(store, read.records, running.announcer)
    show_problems(read.problems)
    if json:
        problems = [asdict(problem) for problem in read.problems]
        typer.echo(as_json(asdict(done) | {"left_out": problems, "unused_columns": list(read.unused)}))
        return
    typer.echo(
        f"{done.added:,} added, {done.changed:,} changed, {done.unchanged:,} as before{left_out(read.problems)}."
    )
    if read.unused:
        typer.echo(f"Columns that were not used: {', '.join(read.unused)}.")
