"""``value-loop withdraw``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.indexing import follow_if_possible
from assistant.cli.options import AsJson, Email
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR

Round = Annotated[str, typer.Option("--round", help="The round's key.")]
Delete = Annotated[bool, typer.Option("--delete", help="Delete it for good, in place of making it a draft again.")]


def withdraw(email: Email, round_: Round, delete: Delete = False, json: AsJson = False) -> None:
    """Take a person's sent feedback back, as they asked.

    Only while the round is open. It becomes a draft again, with which the person can go on, or is deleted.
    """
    from assistant.loop.withdrawing import Fate
    from assistant.loop.withdrawing import withdraw as take_back

    running = parts()
    fate = Fate.DELETED if delete else Fate.DRAFT
    take_back(running.store, OPERATOR, email, round_, fate)
    index = follow_if_possible(running)
    if json:
        typer.echo(as_json({"email": email.strip().lower(), "round": round_, "now": fate.value}))
        return
    typer.echo(
        f"The feedback is {'deleted' if delete else 'a draft again'}. A report that was made of it so far is gone, too."
    )
    typer.echo(index.says)
