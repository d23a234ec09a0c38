"""``value-loop backup`` and ``value-loop restore``."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.indexing import rebuild_index
from assistant.cli.options import AsJson, Yes
from assistant.cli.output import as_json
from assistant.cli.running import parts

if TYPE_CHECKING:
    from assistant.stores.backup.making import Made
    from assistant.stores.backup.restoring import Staged

KEYS_KEPT_DAYS = 7
"""An erasure is complete when the last backup of a person's key is gone, so this is how long that takes."""

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", help="Where the backup goes, which has to be there.", show_default=False)
]
KeysFolder = Annotated[
    Path | None,
    typer.Option("--keys", metavar="FOLDER", help="Back up the keys, too, into this folder.", show_default=False),
]
Keep = Annotated[
    int | None,
    typer.Option("--keep", metavar="DAYS", min=1, help="Delete older backups of the data there.", show_default=False),
]
KeepKeys = Annotated[
    int, typer.Option("--keep-keys", metavar="DAYS", min=1, help="Delete older backups of the keys there.")
]
Backup = Annotated[Path, typer.Argument(metavar="FILE", help="The backup of the data.", show_default=False)]
KeysBackup = Annotated[
    Path | None,
    typer.Option("--keys", metavar="FILE", help="The backup of the keys, if they were lost.", show_default=False),
]


def backup(
    folder: Folder,
    keys: KeysFolder = None,
    keep: Keep = None,
    keep_keys: KeepKeys = KEYS_KEPT_DAYS,
    json: AsJson = False,
) -> None:
    """Make a backup, while the app runs or not.

    People's words in it are locked. The keys go into a folder of their own, which is copied elsewhere than the data
    and kept for a short time: what was erased stays readable until the last backup of its keys is gone. The master
    key is in neither.
    """
    running = parts()
    backups, now = running.backups, running.now()
    data = backups.make(folder, now, timedelta(days=keep) if keep else None)
    of_keys = backups.make_of_keys(keys, folder, now, timedelta(days=keep_keys)) if keys else None
    if json:
        typer.echo(as_json({"data": _as_dict(data), "keys": _as_dict(of_keys) if of_keys else None}))
        return
    typer.echo(f"{data.path} holds {_held(data.counts)}.{_gone(data)}")
    if of_keys is None:
        typer.echo("The keys are not backed up. Without them nobody reads what people said: use --keys FOLDER.")
    else:
        typer.echo(f"{of_keys.path} holds the keys.{_gone(of_keys)}")


def restore(file: Backup, keys: KeysBackup = None, yes: Yes = False, json: AsJson = False) -> None:
    """Put a backup in the place of what is kept, with the app stopped.

    All of it is checked first. Keys that are in use stay, and what they were destroyed for stays erased.
    """
    running = parts()
    with running.backups.staged(file, keys) as found:
        if not yes:
            typer.confirm(_question(found), abort=True, err=True)
        found.put_in_place()
    entries = rebuild_index(running)
    if json:
        about = {"made_at": found.about.made_at.isoformat(), "counts": found.about.counts}
        typer.echo(as_json(about | {"erased_since": list(found.erased), "index_entries": entries}))
        return
    typer.echo(f"Restored from {file}: {_held(found.about.counts)}. The index holds {entries:,} entries.")
    for email in found.erased:
        typer.echo(f"{email} was erased since, and what they said is gone. Run: value-loop erase {email}")


def _question(found: Staged) -> str:
    about = found.about
    return (
        f"Replace everything that is kept with the backup of {about.made_at:%Y-%m-%d %H:%M} UTC "
        f"({_held(about.counts)})? What came after it is lost."
    )


def _held(counts: dict[str, int]) -> str:
    parts = {"people": "person", "rounds": "round", "conversations": "conversation", "reports": "report"}
    return ", ".join(f"{counts.get(table, 0):,} {many}" for many, table in parts.items())


def _gone(made: Made) -> str:
    return "" if not made.deleted else f" Deleted there, as they were older: {made.deleted:,}."


def _as_dict(made: Made) -> dict[str, Any]:
    return {"file": str(made.path), "bytes": made.bytes, "counts": made.counts, "deleted": made.deleted}
