"""``value-loop tick``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts


def tick(json: AsJson = False) -> None:
    """Do what is due: close rounds, and delete words that were kept long enough.

    The running app does so by itself; this is for installations without one.
    """
    from assistant.loop.upkeep import keep_up

    running = parts()
    done = keep_up(running.store, running.now(), running.settings.retention_days)
    if json:
        typer.echo(as_json(asdict(done)))
        return
    lines = [f"Round {key} is closed: its time is over." for key in done.closed]
    for one in done.deleted:
        held = "1 conversation" if one.conversations == 1 else f"{one.conversations:,} conversations"
        lines.append(f"What was said in round {one.round_key} is deleted: {held}. Its reports stay, and quote nobody.")
    typer.echo("\n".join(lines) or "Nothing is due.")
