"""``value-loop move``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.indexing import rebuild_index
from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.progress import progress
from assistant.cli.running import parts
from assistant.domain.errors import BadInput
from assistant.domain.indexing import Shelf

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.stores.moving.moving import Moved, Place

To = Annotated[
    str | None,
    typer.Option(
        "--to-database",
        metavar="URL",
        help="Where to: postgresql://..., or sqlite:///FOLDER/value-loop.sqlite3 in a new home folder.",
        show_default=False,
    ),
]
ToChroma = Annotated[
    str | None,
    typer.Option(
        "--to-chroma",
        metavar="URL",
        help="Chroma server to keep the index on, as http://host:8000; alone, or with --to-database.",
        show_default=False,
    ),
]
Back = Annotated[bool, typer.Option("--back", help="Use what is here again, as it was when it was moved.")]


def move(to_database: To = None, to_chroma: ToChroma = None, back: Back = False, json: AsJson = False) -> None:
    """Move everything that is kept to another database, or the index to a Chroma server, with the app stopped.

    A database is copied table by table and compared, and the index is made anew. If it is killed, the same command
    carries on. The database here stays as it is, and is marked, so that nobody goes on using it.
    """
    running = parts() if to_chroma is None else _with_index_on(to_chroma)
    if back == (to_database is not None or to_chroma is not None):
        raise BadInput(
            "Say where to, with --to-database URL, --to-chroma URL or both; or --back to use what is here again."
        )
    if to_chroma is not None:
        running.index.count(Shelf.FINDINGS)  # a server that is out of reach is noticed before anything is copied
    moved = _move_database(running, to_database) if to_database is not None else None
    if back:
        _move_back(running, json)
        return
    there = running if moved is None else _at(moved.place, running)
    entries = _leave_folder(there) if to_chroma is not None else rebuild_index(there)
    typer.echo(_as_json(moved, entries, to_chroma) if json else _in_words(moved, entries, to_chroma))


def _with_index_on(url: str) -> Parts:
    if not url.startswith(("http://", "https://")):
        raise BadInput("--to-chroma takes the address of a Chroma server, such as http://chroma.acme.example:8000")
    return parts(chroma_url=url)


def _move_database(running: Parts, to: str) -> Moved:
    from assistant.stores.moving.moving import move as move_database

    _check_kept_here(running)
    with progress("Copying") as tell:
        return move_database(running.settings.home, to, running.keyring, tell)


def _move_back(running: Parts, json: bool) -> None:
    from assistant.stores.moving.moving import move_back

    _check_kept_here(running)
    was = move_back(running.settings.home)
    if was is not None:
        rebuild_index(running)  # the folder may hold what is there, or nothing
    typer.echo(as_json({"was_moved_to": was}) if json else _back_again(was))


def _check_kept_here(running: Parts) -> None:
    if running.settings.database_url is not None:
        raise BadInput(
            "VALUE_LOOP_DATABASE_URL is set, so nothing is kept in the home folder. Take it away to move what is."
        )


def _at(place: Place, running: Parts) -> Parts:
    """The parts on a new database; the index stays on its server, where it is on one."""
    return parts(
        home=place.home,
        database_url=place.url,
        chroma_url=running.settings.chroma_url,
        master_key_file=running.keyring.source.path,
    )


def _leave_folder(there: Parts) -> int:
    """Make the index anew on its server, and delete the one in the home folder; how many entries it holds.

    What is erased from now on would stay in it.
    """
    from assistant.stores.chroma.folder import left_behind

    with left_behind(there.settings.home):
        return rebuild_index(there)


def _as_json(moved: Moved | None, entries: int, to_chroma: str | None) -> str:
    about: dict[str, object] = {"index_entries": entries} | ({"chroma": to_chroma} if to_chroma else {})
    if moved is not None:
        sums = {name: {"rows": one.rows, "sha256": one.digest} for name, one in moved.sums.items()}
        about |= {"place": moved.says, "tables": sums}
    return as_json(about)


def _in_words(moved: Moved | None, entries: int, to_chroma: str | None) -> str:
    lines, settings = [], []
    if moved is not None:
        rows, there = sum(one.rows for one in moved.sums.values()), moved.place
        lines.append(f"{rows:,} rows in {len(moved.sums)} tables are in {moved.says}, and the same as here.")
        settings.append(
            f"VALUE_LOOP_HOME to {there.home}" if there.url is None else "VALUE_LOOP_DATABASE_URL to that address"
        )
    if to_chroma is not None:
        settings.append(f"VALUE_LOOP_CHROMA_URL to {to_chroma}")
    return "\n".join([*lines, f"The index there holds {entries:,} entries. Set {', and '.join(settings)}."])


def _back_again(was: str | None) -> str:
    if was is None:
        return "What is here was not moved."
    return f"What is here can be used again. What was written to {was} since is not in it."
