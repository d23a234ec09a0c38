"""Putting a backup back: all of it is looked at in a folder of its own before any file of the home folder changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant import __version__
from assistant.domain.erasing import OwnedKey, erased
from assistant.domain.errors import BadInput, Broken, Busy
from assistant.stores.at_work import alone
from assistant.stores.backup import archive, putting_back, snapshot
from assistant.stores.backup.manifest import Kind, Manifest, is_newer
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.wrapped_keys import WrappedKeys
from assistant.stores.moving.copying import is_empty
from assistant.stores.sql.migrating import is_known
from assistant.stores.sql.sqlite_file import FILE as DATABASE
from assistant.stores.sql.store import PATIENCE, SqlStore, database_at


@dataclass(frozen=True, slots=True)
class Staged:
    """A backup that was found good, beside what it is to replace.

    ``erased`` are the e-mails of people in it who were erased since it was made; what they said has left it already.
    """

    about: Manifest
    erased: tuple[str, ...]
    home: Path
    keyring: WrappedKeys
    url: str | None

    def put_in_place(self) -> None:
        """Have it take the place of what is there: all of it from one moment on; the next opening would finish it."""
        putting_back.decide(self.home)
        SqlStore.open(self.home, keyring=self.keyring, url=self.url).close()


@contextmanager
def staged(home: Path, data: Path, keys: Path | None, keyring: WrappedKeys, url: str | None = None) -> Iterator[Staged]:
    """Look at a backup and stage it in the home folder, where nothing else changes; ``keyring`` is the one there.

    Keys that are in use count, so a backup of them is needed only where they were lost. Raises BadInput
    where a backup is damaged, is none, comes from a newer version, or keys are missing, and where the server at
    ``url`` holds something: nothing there is overwritten. Raises Busy where the app is running here
    or another restore is under way; Broken where the master key does not fit or the disk is full.
    """
    with _alone(home):
        if putting_back.is_decided(home):
            SqlStore.open(home, keyring=keyring, url=url).close()
        _check_room(home, url)
        folder = home / putting_back.STAGED
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            about = _checked(data, Kind.DATA)
            archive.unpack(data, folder)
            if keys is not None:
                _checked(keys, Kind.KEYS)
            gone = _bring_up_to_date(folder, keys, keyring)
            yield Staged(about, gone, home, keyring, url)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _check_room(home: Path, url: str | None) -> None:
    if url is None:
        return
    server = database_at(home, url, PATIENCE)
    try:
        with server.in_words():
            if not is_empty(server):
                raise BadInput(
                    f"There is something in {server.place}. A backup is put into an empty database: make one, and set "
                    "VALUE_LOOP_DATABASE_URL to it. Nothing was changed."
                )
    finally:
        server.engine.dispose()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Neither an app, nor a worker, nor another restore is at work here."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(home / putting_back.LOCK, timeout=0, mode=0o600):
            owner = Owner.of(home)
            try:
                with alone(home):
                    yield
            finally:
                owner.release()
    except Timeout:
        raise Busy("Another restore is under way. Wait until it has ended.") from None
    except OSError as error:
        raise Broken(f"The folder {home} cannot be written ({error.strerror}).") from error


def _checked(path: Path, kind: Kind) -> Manifest:
    about = archive.look_into(path)
    if about.kind is not kind:
        other = "the keys" if kind is Kind.DATA else "the data"
        raise BadInput(f"{path} is a backup of {other}. The backup of the data comes first; the one of keys is --keys.")
    if is_newer(about.version, __version__) or (kind is Kind.DATA and not is_known(about.migration)):
        raise BadInput(
            f"{path} was made by version {about.version}, which is newer than this one ({__version__}). Install "
            "that version or a later one first. Nothing was changed."
        )
    return about


def _bring_up_to_date(folder: Path, keys: Path | None, keyring: WrappedKeys) -> tuple[str, ...]:
    """Open what is staged as the app would, with all keys there are; the e-mails of those erased since."""
    staged_keys = _all_keys(folder, keys, keyring)
    owned = [OwnedKey(*row) for row in snapshot.data_keys(folder / DATABASE)]
    destroyed = staged_keys.destroyed()
    missing = {key.id for key in owned} - staged_keys.kept() - destroyed
    if missing:
        raise BadInput(_missing(len(missing), keys))
    SqlStore.open(folder, keyring=staged_keys).close()
    snapshot.make_single(folder / DATABASE)
    return tuple(sorted(erased(owned, destroyed)))


def _all_keys(folder: Path, keys: Path | None, keyring: WrappedKeys) -> SqliteKeyring:
    """The keys that are in use and those of the backup; what was destroyed in either stays so."""
    if keyring.check() is not None:
        keyring.copy_to(folder)
    together = SqliteKeyring.open(folder, keyring.source)
    if keys is not None:
        given = folder / "given"
        given.mkdir(mode=0o700)
        archive.unpack(keys, given)
        together.take_in(given)
        shutil.rmtree(given)
    return together


def _missing(many: int, keys: Path | None) -> str:
    some = "1 key" if many == 1 else f"{many:,} keys"
    if keys is None:
        return (
            f"What people said is locked with {some} that are not here. Give a backup of the keys as well: --keys FILE."
        )
    return (
        f"{some} to what people said are neither here nor in {keys}: it was made before them. Take a backup of the "
        "keys that was made with this one or later. Nothing was changed."
    )
