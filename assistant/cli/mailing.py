"""``value-loop mail``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR

if TYPE_CHECKING:
    from assistant.domain.notices import Notice, NoticeCounts

commands = typer.Typer(help="What is sent by mail and to channels.", no_args_is_help=True)
Unconfirmed = Annotated[
    bool,
    typer.Option("--unconfirmed", help="Also what was handed over without an answer; it may then arrive twice."),
]
NOT_COUNTED = "Reminders planned: {planned:,}. Which of them went out is not counted, as it tells who has answered."


@commands.command()
def status(json: AsJson = False) -> None:
    """Show what was sent, in counts, and what could not be sent, and why.

    Addresses are named only where a mail failed for good; those of reminders never.
    """
    from assistant.loop.sending import count_notices

    counts, failed = count_notices(parts().store, OPERATOR)
    if json:
        given_up = [{"kind": n.kind, "to": n.person or n.channel, "problem": n.problem} for n in failed]
        typer.echo(as_json(asdict(counts) | {"failed": given_up}))
        return
    typer.echo("\n".join(_in_words(counts, failed)) or "Nothing was sent so far, and nothing waits.")


@commands.command()
def retry(unconfirmed: Unconfirmed = False, json: AsJson = False) -> None:
    """Try again what was given up, once what was wrong is mended.

    It is sent by the running app, or by value-loop tick.
    """
    from assistant.loop.sending import send_again

    running = parts()
    waiting = send_again(running.store, OPERATOR, running.now(), unconfirmed)
    typer.echo(as_json({"waiting": waiting}) if json else f"Waiting again, reminders aside: {waiting:,}.")


def _in_words(counts: NoticeCounts, failed: tuple[Notice, ...]) -> list[str]:
    lines = [
        f"{one.kind.replace('_', ' ')} by {one.channel}, {one.state}: {one.number:,}"
        + (f" ({one.problem})" if one.problem else "")
        for one in counts.counts
    ]
    if counts.reminders:
        lines.append(NOT_COUNTED.format(planned=counts.reminders))
    lines += [f"Some reminders were given up ({problem})." for problem in counts.reminder_problems]
    return lines + [f"Failed for {notice.person or notice.channel}: {notice.problem}." for notice in failed]
