"""Making a backup: words into one file, the keys to them into another one, elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant import __version__
from assistant.domain.errors import BadInput, Broken, Busy
from assistant.stores.backup import archive, snapshot
from assistant.stores.backup.manifest import Kind, Manifest
from assistant.stores.keys.keyring import FILE as KEYS
from assistant.stores.lasting import sync_folder
from assistant.stores.own_cards_file import FILE as OWN_CARDS
from assistant.stores.sql.sqlite_file import FILE as DATABASE

_TIME = "%Y%m%dT%H%M%SZ"
_WORKSHOP = ".value-loop-backup"
_DATABASES = {Kind.DATA: DATABASE, Kind.KEYS: KEYS}


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: its file and size (bytes), rows by table, and how many older ones were deleted."""

    path: Path
    bytes: int
    counts: dict[str, int]
    deleted: int


def back_up(
    kind: Kind, home: Path, folder: Path, at: datetime, keep: timedelta | None, copy: Callable[[Path], None]
) -> Made:
    """Make a backup of one kind in a folder, and delete those of that kind in it that are older than ``keep``.

    ``copy`` brings its database, under its name in the home folder, into a folder that it is given. Make the backup of
    the data first: a key is kept before what it locks, so later keys open all that is in earlier data. Raises BadInput
    where the folder is not there or lies in ``home``; Broken where ``copy`` does, or the folder cannot be written; Busy
    where another process is making a backup there.
    """
    if not folder.is_dir():
        raise BadInput(f"There is no folder {folder}. Make it first, for you alone, on another disk if you can.")
    if folder.resolve().is_relative_to(home.resolve()):
        raise BadInput(f"{folder} lies in the folder of what is to be backed up. Choose one elsewhere.")
    target = folder / f"value-loop-{kind}-{at.astimezone(UTC).strftime(_TIME)}.zip"
    try:
        with _workshop(folder) as making:
            copy(making)
            about = _gather(kind, home, making, at)
            archive.pack(about, making, making / target.name)
            (making / target.name).replace(target)
            sync_folder(folder)
    except OSError as error:
        raise Broken(f"The backup cannot be written to {folder} ({error.strerror}).") from None
    return Made(target, target.stat().st_size, about.counts, _delete_older(kind, folder, at, keep))


def copy_of(file: Path, into: Path) -> None:
    """Copy a database of the home folder as it is at one moment; raises Broken where it is not there."""
    if not file.is_file():
        raise Broken(f"There is nothing to back up: {file} is not there. Is VALUE_LOOP_HOME right?")
    snapshot.copy_database(file, into / file.name)


def check_apart(data: Path, keys: Path) -> None:
    """Raise BadInput where one folder is, or lies in, the other: whoever has both backups can read everything."""
    one, other = data.resolve(), keys.resolve()
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise BadInput(f"Keys and words are kept apart: choose a folder for the keys that does not lie with {data}.")


def _gather(kind: Kind, home: Path, making: Path, at: datetime) -> Manifest:
    """Put all that belongs to a backup into ``making``."""
    copy, files = making / _DATABASES[kind], [_DATABASES[kind]]
    snapshot.make_single(copy)
    cards = home / OWN_CARDS
    if kind is Kind.DATA and cards.is_file():  # as in a folder that an earlier version has left
        shutil.copyfile(cards, making / OWN_CARDS)
        files.append(OWN_CARDS)
    return Manifest(
        format=1,
        kind=kind,
        version=__version__,
        migration=snapshot.migration(copy),
        made_at=at,
        files={name: archive.measure(making / name) for name in files},
        counts=snapshot.counts(copy) if kind is Kind.DATA else {},
    )


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder in which one process at a time makes a backup; what one that was killed has left there goes."""
    try:
        with FileLock(folder / f"{_WORKSHOP}.lock", timeout=0, mode=0o600):
            making = folder / _WORKSHOP
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir(mode=0o700)
            try:
                yield making
            finally:
                shutil.rmtree(making, ignore_errors=True)
    except Timeout:
        raise Busy(f"Another process is making a backup in {folder}. Wait until it has ended.") from None


def _delete_older(kind: Kind, folder: Path, at: datetime, keep: timedelta | None) -> int:
    older = [] if keep is None else [path for path, made in _backups(kind, folder) if made < at - keep]
    for path in older:
        path.unlink(missing_ok=True)
    return len(older)


def _backups(kind: Kind, folder: Path) -> Iterator[tuple[Path, datetime]]:
    """Backups of a kind in a folder, by the time in their names."""
    for path in folder.glob(f"value-loop-{kind}-*.zip"):
        try:
            yield path, datetime.strptime(path.stem.rpartition("-")[2], _TIME).replace(tzinfo=UTC)
        except ValueError:
            continue
