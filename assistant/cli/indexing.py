"""``value-loop index``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts
from assistant.domain.access import ANALYSIS
from assistant.domain.errors import Busy, NoAnswer, NoIndex, OperatorError

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
    entries = rebuild_index(parts())
    typer.echo(as_json({"entries": entries}) if json else f"The index holds {entries:,} entries.")


def rebuild_index(running: Parts) -> int:
    """Throw the index away and make it anew; how many entries it holds. Raises Busy where another process owns it."""
    from assistant.loop.index import rebuild

    with progress("Making the index anew") as tell:
        return rebuild(running.store, running.index_from_scratch(), running.engine, running.knowledge, tell)


def index_unless_busy(running: Parts) -> Index | None:
    """The index; None where the running app owns it."""
    try:
        return running.index
    except Busy:
        return None


@dataclass(frozen=True, slots=True)
class Followed:
    """Whether the index is up to date, and what to say of it."""

    up_to_date: bool
    says: str


def follow_if_possible(running: Parts) -> Followed:
    """Bring the index up to date, unless the running app owns it and does so, or no vectors can be had just now."""
    from assistant.background import Background
    from assistant.domain.jobs import Job, JobKind

    try:
        Background(running).perform(Job(JobKind.INDEX))
    except (NoAnswer, NoIndex) as failed:
        return not_followed(failed)
    return followed(running)


def follow_if_behind(running: Parts) -> Followed | None:
    """Bring the index up to date like :func:`follow_if_possible`; None where there was nothing to do."""
    return follow_if_possible(running) if _is_behind(running) else None


def followed(running: Parts) -> Followed:
    """How the index stands after it was to follow, and nothing failed in that."""
    if _is_behind(running):
        return Followed(False, "The running app brings the index up to date by itself.")
    return Followed(True, "The index is up to date.")


def not_followed(failed: OperatorError) -> Followed:
    """What to say where no vectors could be had, or the server of the index was away; another error is raised."""
    match failed:
        case NoAnswer():
            return Followed(False, f"The index waits for its vectors, nothing is lost. {failed}")
        case NoIndex():
            return Followed(False, f"The index is not up to date yet. {failed}")
    raise failed


def _is_behind(running: Parts) -> bool:
    with running.store.work() as work:
        return bool(work.index_queue.waiting(1, ANALYSIS))
