"""``value-loop move``."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.indexing import rebuild_index
from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts
from assistant.domain.errors import BadInput

To = Annotated[
    str | None,
    typer.Option(
        "--to-database",
        metavar="URL",
        help="Where to: postgresql://..., or sqlite:///FOLDER/value-loop.sqlite3 in a new home folder.",
        show_default=False,
    ),
]
Back = Annotated[bool, typer.Option("--back", help="Use what is here again, as it was when it was moved.")]


def move(to_database: To = None, back: Back = False, json: AsJson = False) -> None:
    """Move everything that is kept to another database, with the app stopped.

    It is copied table by table and compared, and the index is made anew. If it is killed, the same command carries on.
    What is here stays as it is, and is marked, so that nobody goes on using it.
    """
    from assistant.stores.moving.moving import move as move_database
    from assistant.stores.moving.moving import move_back

    running = parts()
    if running.settings.database_url is not None:
        raise BadInput(
            "VALUE_LOOP_DATABASE_URL is set, so nothing is kept in the home folder. Take it away to move what is."
        )
    if back == (to_database is not None):
        raise BadInput("Say where to, with --to-database URL, or --back to use what is here again.")
    if to_database is None:
        was = move_back(running.settings.home)
        typer.echo(as_json({"was_moved_to": was}) if json else _back_again(was))
        return
    with progress("Copying") as tell:
        moved = move_database(running.settings.home, to_database, running.keyring, tell)
    there = moved.place
    entries = rebuild_index(parts(home=there.home, database_url=there.url, master_key_file=running.keyring.source.path))
    if json:
        sums = {name: {"rows": one.rows, "sha256": one.digest} for name, one in moved.sums.items()}
        typer.echo(as_json({"place": moved.says, "tables": sums, "index_entries": entries}))
        return
    rows = sum(one.rows for one in moved.sums.values())
    use = f"VALUE_LOOP_HOME to {there.home}" if there.url is None else "VALUE_LOOP_DATABASE_URL to that address"
    typer.echo(f"{rows:,} rows in {len(moved.sums)} tables are in {moved.says}, and the same as here.")
    typer.echo(f"The index there holds {entries:,} entries. Set {use}.")


def _back_again(was: str | None) -> str:
    if was is None:
        return "What is here was not moved."
    return f"What is here can be used again. What was written to {was} since is not in it."
