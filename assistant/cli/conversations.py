"""``value-loop conversations``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from assistant.cli.failures import left_out, show_problems
from assistant.cli.given_file import read_given
from assistant.cli.options import AsJson, GivenFile, SkipBad
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts

commands = typer.Typer(help="Conversations held elsewhere.", no_args_is_help=True)


@commands.callback()
def conversations() -> None:
    """Conversations held elsewhere."""


@commands.command("import")
def import_(file: GivenFile, skip_bad: SkipBad = False, json: AsJson = False) -> None:
    """Read conversations.jsonl into open rounds.

    A conversation that is there already is kept once.
    """
    from assistant.loop.conversations import import_conversations
    from assistant.loop.conversations_file import LARGEST_FILE, read_conversations, round_facts
    from assistant.loop.rounds import close_overdue

    data = read_given(file, LARGEST_FILE)
    running = parts()
    close_overdue(running.store, running.now())
    with progress("Reading conversations"):
        read = read_conversations(data, round_facts(running.store), running.new_id, skip_bad)
        new, known = import_conversations(running.store, read.records)
    show_problems(read.problems)
    if json:
        problems = [asdict(problem) for problem in read.problems]
        typer.echo(as_json({"added": new, "known": known, "left_out": problems}))
        return
    added = "1 conversation" if new == 1 else f"{new:,} conversations"
    already = "1 was" if known == 1 else f"{known:,} were"
    typer.echo(f"{added} added, {already} there already{left_out(read.problems)}.")
