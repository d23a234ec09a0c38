"""The backups of one installation."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from assistant.stores.backup.making import Made, back_up, check_apart
from assistant.stores.backup.manifest import Kind
from assistant.stores.backup.restoring import Staged, staged
from assistant.stores.keys.keyring import SqliteKeyring


@dataclass(frozen=True, slots=True)
class Backups:
    """What can be done for the home folder whose keyring this is."""

    home: Path
    keyring: SqliteKeyring

    def make(self, folder: Path, at: datetime, keep: timedelta | None) -> Made:
        """Back up all but the keys; see :func:`assistant.stores.backup.making.back_up`."""
        return back_up(Kind.DATA, self.home, folder, at, keep)

    def make_of_keys(self, folder: Path, apart_from: Path, at: datetime, keep: timedelta) -> Made:
        """Back up the keys, after the data that went to the folder ``apart_from``. Raises like :meth:`make`."""
        check_apart(apart_from, folder)
        return back_up(Kind.KEYS, self.home, folder, at, keep)

    def staged(self, data: Path, keys: Path | None) -> AbstractContextManager[Staged]:
        """A backup that was found good, to be put in place; see :func:`assistant.stores.backup.restoring.staged`."""
        return staged(self.home, data, keys, self.keyring)
