"""``value-loop keys``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Yes
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.errors import BadInput

commands = typer.Typer(help="The keys that people's words are locked with.", no_args_is_help=True)
To = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="FILE", help="Where the new key goes; a key that is there is used.", show_default=False
    ),
]


@commands.callback()
def keys() -> None:
    """The keys that people's words are locked with."""


@commands.command()
def rotate(to: To = None, json: AsJson = False) -> None:
    """Wrap all keys with a new master key.

    The new one takes the place of the old one in its file, unless it is to go elsewhere.
    """
    running = parts()
    with running.store.work():  # nobody else makes or destroys a key meanwhile
        rewrapped = running.keyring.rotate(to)
    where = running.keyring.source.where
    if json:
        typer.echo(as_json({"keys": rewrapped, "master_key": str(running.keyring.source.path)}))
        return
    typer.echo(
        f"{rewrapped:,} {'key is' if rewrapped == 1 else 'keys are'} wrapped anew; the master key is in {where}."
    )
    if to is not None:
        typer.echo(
            "Set VALUE_LOOP_MASTER_KEY_FILE to it, take the old key away, and start the app again if it is running."
        )


@commands.command()
def move(json: AsJson = False) -> None:
    """Bring the keys from the home folder to the database that VALUE_LOOP_KEYS_URL names, with everything stopped.

    The file with them is deleted once all are there. If it is killed, the same command carries on.
    """
    from assistant.stores.moving.keys import move_keys

    running = parts()
    if running.settings.keys_url is None:
        raise BadInput("Set VALUE_LOOP_KEYS_URL to the PostgreSQL database that the keys are to go to.")
    moved = move_keys(running.settings.home, running.keyring)
    if json:
        typer.echo(as_json({"keys": moved, "place": running.keyring.place}))
        return
    keys_are = "1 key is" if moved == 1 else f"{moved:,} keys are"
    typer.echo(f"{keys_are} in {running.keyring.place}, and no longer in {running.settings.home}.")
    typer.echo(f"Each machine needs the same master key: bring it there from {running.keyring.source.where}.")


@commands.command()
def abandon(yes: Yes = False, json: AsJson = False) -> None:
    """Give up what is locked with keys that are lost for good.

    It is deleted, and the rest can be used again. Put the keys back from a backup instead, if there is one.
    """
    running = parts()
    if not yes:
        typer.confirm("Delete everything that no key opens, for good?", abort=True, err=True)
    lost = running.abandon_lost_keys()
    if json:
        typer.echo(as_json({"keys": lost}))
        return
    keys_lost = "No key is missing" if not lost else "1 key was missing" if lost == 1 else f"{lost:,} keys were missing"
    typer.echo(f"{keys_lost}; what is there can be read.")
