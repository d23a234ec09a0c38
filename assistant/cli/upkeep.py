"""``value-loop tick``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from assistant.cli.indexing import follow_if_behind
from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts

if TYPE_CHECKING:
    from assistant.loop.sending import Dispatched
    from assistant.loop.upkeep import Upkeep


def tick(json: AsJson = False) -> None:
    """Do what is due: open and close rounds, send mails and messages, and delete words that were kept long enough.

    The index is brought up to date where something waits for that.

    The running app does all this by itself; this is for installations without one. Both at once do nothing twice.
    """
    from assistant.background import Background
    from assistant.domain.jobs import Job, JobKind

    running = parts()
    background = Background(running)
    done = background.perform(Job(JobKind.UPKEEP)).upkeep
    sent = background.perform(Job(JobKind.SENDING)).sent
    index = follow_if_behind(running)
    if json:
        up_to_date = index is None or index.up_to_date
        typer.echo(as_json(asdict(done) | {"sending": asdict(sent) if sent else None, "index_up_to_date": up_to_date}))
        return
    says = (index.says,) if index else ()
    typer.echo("\n".join((*_kept_up(done), *_dispatched(sent), *says)) or "Nothing is due.")


def _kept_up(done: Upkeep) -> list[str]:
    lines = [f"Round {key} is closed: its time is over." for key in done.closed]
    for one in done.deleted:
        held = "1 conversation" if one.conversations == 1 else f"{one.conversations:,} conversations"
        lines.append(f"What was said in round {one.round_key} is deleted: {held}. Its reports stay, and quote nobody.")
    if done.commitments:
        taken = "1 commitment" if done.commitments == 1 else f"{done.commitments:,} commitments"
        lines.append(f"What managers wrote of {taken} is deleted. What each was about, and how it ended, stays.")
    return lines + [f"Round {key} is open, as planned." for key in done.opened]


def _dispatched(sent: Dispatched | None) -> list[str]:
    """Reminders are in no number: how many went out would tell how many have not answered."""
    if sent is None:
        return []
    if sent.left_to_another:
        return ["Another process is sending right now; what is due is left to it."]
    lines = [f"Sent, reminders aside: {sent.sent:,}."] if sent.sent else []
    if sent.not_sent:
        lines.append(f"Could not be sent for now: {sent.not_sent:,}. See: value-loop mail status")
    return lines
