"""``value-loop commitments``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Email, Output
from assistant.cli.output import as_json, give
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.domain.commitments import Commitment
    from assistant.domain.knowledge import Knowledge


class CommitmentFormat(StrEnum):
    """How commitments are written."""

    TEXT = "text"
    JSON = "json"
    ICS = "ics"


class End(StrEnum):
    """What became of a commitment."""

    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


commands = typer.Typer(help="What managers have taken on, at their request.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(metavar="ID", help="The commitment's id.", show_default=False)]
Key = Annotated[str, typer.Option("--round", metavar="KEY", help="The round whose report it comes of.")]
Due = Annotated[str, typer.Option("--due", metavar="DATE", help="The day to look back at it, such as 2026-12-18.")]
Suggestion = Annotated[
    str | None, typer.Option("--suggestion", metavar="ID", help="The suggestion it comes from, such as s1.")
]
About = Annotated[str, typer.Option("--about", metavar="BEHAVIOUR", help="What it is about, if it is an own idea.")]
Step = Annotated[str, typer.Option("--step", metavar="TEXT", help="What the manager will do, in their own words.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="The note.", show_default=False)]
How = Annotated[End, typer.Option("--as", help="What became of it.", show_default=False)]
Because = Annotated[str, typer.Option("--because", metavar="TEXT", help="What happened, or why it was let go.")]
InFormat = Annotated[CommitmentFormat, typer.Option("--format", help="In words, as JSON, or as a calendar file.")]


@commands.command("list")
def list_(email: Email, format_: InFormat = CommitmentFormat.TEXT, json: AsJson = False, output: Output = None) -> None:
    """Print what a manager has taken on, for them.

    The reader log notes it, and they see that under Who has looked.
    """
    from assistant.loop.commitments import read_commitments
    from assistant.loop.formats import commitment_calendar, commitment_json

    running = parts()
    found = read_commitments(running.store, OPERATOR, email, running.now())
    if json or format_ is CommitmentFormat.JSON:
        give(as_json([commitment_json.as_json(one) for one in found]), output)
    elif format_ is CommitmentFormat.ICS:
        give(commitment_calendar.as_calendar(found, running.now()).decode().rstrip(), output)
    else:
        give(_in_words(found, running.knowledge), output)


@commands.command()
def take(
    email: Email,
    round_: Key,
    due: Due,
    suggestion: Suggestion = None,
    about: About = "",
    step: Step = "",
    json: AsJson = False,
) -> None:
    """Take on a suggestion of a report, or an own idea, for a manager.

    At most two are open at a time.
    """
    from assistant.loop.commitments import Intention, take_on

    running = parts()
    wanted = Intention(round_, _day(due), suggestion, about, step)
    taken = take_on(
        running.store,
        running.knowledge,
        OPERATOR,
        email,
        wanted,
        running.new_id(),
        running.now(),
        running.announcer,
    )
    _tell(taken, json, f"Taken on until {taken.due}: {taken.id}")


@commands.command()
def note(id_: Id, text: Text, json: AsJson = False) -> None:
    """Add a private note to a commitment."""
    from assistant.loop.commitments import note_down

    running = parts()
    _tell(note_down(running.store, OPERATOR, id_, text, running.now()), json, "The note is kept.")


@commands.command()
def close(id_: Id, as_: How, because: Because = "", json: AsJson = False) -> None:
    """Say what became of a commitment: done, changed or dropped, with a reason where it was not done."""
    from assistant.domain.commitments import CommitmentState
    from assistant.loop.commitments import look_back

    running = parts()
    ended = look_back(running.store, OPERATOR, id_, CommitmentState(as_.value), because, running.now())
    _tell(ended, json, f"It is written down as {ended.state.value}.")


def _tell(one: Commitment, json: bool, words: str) -> None:
    """Say what was done, without a word that the manager wrote."""
    values = {"id": one.id, "state": one.state.value, "due": one.due.isoformat()}
    typer.echo(as_json(values) if json else words)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a date such as 2026-12-18.") from None


def _in_words(found: tuple[Commitment, ...], knowledge: Knowledge) -> str:
    if not found:
        return "Nothing has been taken on."
    return "\n\n".join(_one_in_words(one, knowledge) for one in found)


def _one_in_words(one: Commitment, knowledge: Knowledge) -> str:
    known = knowledge.behaviours.get(one.behaviour)
    lines = [
        f"{one.id} ({one.state.value}, to look back at on {one.due})",
        f"  About: {known.doing if known else one.behaviour}",
        f"  Step: {one.step or 'What was written has been deleted.'}",
        *(f"  Note of {note.at:%Y-%m-%d}: {note.text}" for note in one.notes),
        *([f"  What became of it: {one.outcome}"] if one.outcome else []),
    ]
    return "\n".join(lines)
