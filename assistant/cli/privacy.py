"""``value-loop privacy``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts

if TYPE_CHECKING:
    from assistant.domain.privacy import PrivacyStatement

Who = Annotated[str, typer.Option("--as", metavar="EMAIL", help="The person who is told.", show_default=False)]
Key = Annotated[
    str | None, typer.Option("--round", metavar="KEY", help="The round; the open one if left out.", show_default=False)
]
_HEADINGS = {"feedback": "Before giving feedback", "reflection": "Before a reflection"}


def privacy(as_: Who, round_: Key = None, json: AsJson = False) -> None:
    """Print what a person is told about their words before they answer.

    It follows from the settings and the floor of the round.
    """
    from assistant.loop.privacy import statements_for

    running = parts()
    found = statements_for(running.store, running.handling, as_, round_)
    if json:
        typer.echo(as_json([{**asdict(one), "fingerprint": one.fingerprint} for one in found]))
    else:
        typer.echo("\n\n".join(map(_in_words, found)))


def _in_words(statement: PrivacyStatement) -> str:
    short = "\n".join(f"- {sentence}" for sentence in statement.short)
    whole = (f"{part.heading}\n" + "\n".join(f"  {sentence}" for sentence in part.says) for part in statement.whole)
    return "\n\n".join([f"{_HEADINGS[statement.kind]}\n{short}", *whole])
