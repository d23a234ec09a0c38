"""``value-loop index``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts
from assistant.domain.errors import Busy

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.ports.index import Index

commands = typer.Typer(help="The vector index, which follows the store.", no_args_is_help=True)


@commands.callback()
def index() -> None:
    """The vector index, which follows the store."""


@commands.command()
def rebuild(json: AsJson = False) -> None:
    """Throw the index away and make it anew."""
    from assistant.loop.index import rebuild as rebuild_index

    running = parts()
    with progress("Making the index anew"):
        entries = rebuild_index(running.store, running.index_from_scratch(), running.engine, running.knowledge)
    typer.echo(as_json({"entries": entries}) if json else f"The index holds {entries:,} entries.")


def index_unless_busy(running: Parts) -> Index | None:
    """The index; None where the running app owns it."""
    try:
        return running.index
    except Busy:
        return None


def follow_unless_busy(running: Parts) -> bool:
    """Bring the index up to date; False where the running app owns it and does so by itself."""
    from assistant.loop.index import follow

    held = index_unless_busy(running)
    if held is not None:
        follow(running.store, held, running.engine)
    return held is not None


def index_in_words(followed: bool) -> str:
    """What became of the index, for people."""
    return "The index is up to date." if followed else "The running app brings the index up to date by itself."
