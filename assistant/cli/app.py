"""All commands under one name."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from assistant import __version__
from assistant.cli import (
    analysis,
    backing_up,
    briefing,
    commitments,
    conversations,
    corrections,
    doctor,
    evaluating,
    indexing,
    insight,
    keys,
    mailing,
    moving,
    own_cards,
    own_data,
    people,
    privacy,
    questions,
    reading_log,
    reports,
    rounds,
    serving,
    signing_in,
    talking,
    upkeep,
    usage,
    withdrawing,
    working,
)
from assistant.cli.failures import InWords

app = typer.Typer(
    name="value-loop",
    cls=InWords,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"value-loop {__version__}")
        raise typer.Exit


@app.callback()
def value_loop(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Ask managers and their teams what value managers bring, and compare the two sides."""


app.command()(serving.serve)
app.command()(serving.demo)
app.add_typer(people.commands, name="people")
app.add_typer(rounds.commands, name="round")
app.add_typer(conversations.commands, name="conversations")
app.command()(analysis.analyse)
app.command()(corrections.corrections)
app.command()(reports.report)
app.command()(talking.talk)
app.add_typer(commitments.commands, name="commitments")
app.command()(questions.ask)
app.command()(briefing.brief)
app.command()(insight.insight)
app.add_typer(reading_log.commands, name="log")
app.command()(privacy.privacy)
app.command()(usage.usage)
app.command()(signing_in.link)
app.command()(signing_in.sessions)
app.command()(own_data.export)
app.command()(own_data.erase)
app.command()(upkeep.tick)
app.command()(backing_up.backup)
app.command()(backing_up.restore)
app.command()(moving.move)
app.add_typer(mailing.commands, name="mail")
app.command()(working.worker)
app.add_typer(working.commands, name="jobs")
app.command()(withdrawing.withdraw)
app.command()(doctor.doctor)
app.command("eval")(evaluating.evaluate)
app.add_typer(own_cards.commands, name="knowledge")
app.add_typer(indexing.commands, name="index")
app.add_typer(keys.commands, name="keys")


def run(arguments: Sequence[str] | None = None) -> None:
    """Run with these arguments, or those of the process, and exit with 0, 1 or 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(arguments, prog_name="value-loop")
