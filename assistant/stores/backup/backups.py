"""The backups of one installation."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from assistant.stores.backup.making import Made, back_up, check_apart, copy_of
from assistant.stores.backup.manifest import Kind
from assistant.stores.backup.restoring import Staged, staged
from assistant.stores.backup.server import copy_to_file
from assistant.stores.keys.wrapped_keys import WrappedKeys
from assistant.stores.sql.sqlite_file import FILE as DATABASE
from assistant.stores.sql.store import PATIENCE, database_at


@dataclass(frozen=True, slots=True)
class Backups:
    """What can be done for a home folder with its keyring, and for its database at ``url`` if that is on a server."""

    home: Path
    keyring: WrappedKeys
    url: str | None = field(default=None, repr=False)

    def make(self, folder: Path, at: datetime, keep: timedelta | None) -> Made:
        """Back up all but the keys; see :func:`assistant.stores.backup.making.back_up`."""
        return back_up(Kind.DATA, self.home, folder, at, keep, self._copy_database)

    def make_of_keys(self, folder: Path, apart_from: Path, at: datetime, keep: timedelta) -> Made:
        """Back up the keys, after the data that went to the folder ``apart_from``. Raises like :meth:`make`."""
        check_apart(apart_from, folder)
        return back_up(Kind.KEYS, self.home, folder, at, keep, self.keyring.copy_to)

    def staged(self, data: Path, keys: Path | None) -> AbstractContextManager[Staged]:
        """A backup that was found good, to be put in place; see :func:`assistant.stores.backup.restoring.staged`."""
        return staged(self.home, data, keys, self.keyring, self.url)

    def _copy_database(self, into: Path) -> None:
        if self.url is None:
            copy_of(self.home / DATABASE, into)
            return
        server = database_at(self.home, self.url, PATIENCE)
        try:
            copy_to_file(server, into, self.keyring, PATIENCE)
        finally:
            server.engine.dispose()
