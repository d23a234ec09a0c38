"""The keyring in a small SQLite file of its own, so that a copy of the database alone cannot be read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from assistant.domain.errors import BadInput, Broken
from assistant.stores.keys.master_key import FILE as MASTER_FILE
from assistant.stores.keys.master_key import MasterKey, MasterKeyFile, MasterKeySource
from assistant.stores.sql.faults import in_words

FILE = "keys.sqlite3"

_PATIENCE = 10.0
_TABLES = """
CREATE TABLE IF NOT EXISTS master (number INTEGER PRIMARY KEY CHECK (number = 1), "check" TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS data_key (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS destroyed (id TEXT PRIMARY KEY);
"""


class SqliteKeyring:
    """See :class:`assistant.ports.keyring.Keyring`; safe to share between threads and processes.

    Keys that were used stay in memory, unwrapped, for as long as the process runs.
    """

    def __init__(self, path: Path, source: MasterKeySource) -> None:
        self._path = path
        self._source = source
        self._master: MasterKey | None = None
        self._keys: dict[str, bytes] = {}

    @classmethod
    def open(cls, home: Path, source: MasterKeySource | None = None) -> SqliteKeyring:
        """The keyring under ``home``; without a source, the master key is in a file beside it.

        Nothing is made yet. Raises Broken where there are keys, and the master key is missing or another one.
        """
        keyring = cls(home / FILE, source or MasterKeyFile(home / MASTER_FILE))
        keyring._find_master()
        return keyring

    @property
    def source(self) -> MasterKeySource:
        """Where the master key comes from."""
        return self._source

    def make_ready(self) -> None:
        """Make the file, and the master key where its source can, unless they are there."""
        if self._master is not None:
            return
        master = self._source.load_or_make()
        try:
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Broken(f"{self._path} cannot be written ({error.strerror}).") from error
        with self._writing() as file:
            for table in _TABLES.strip().splitlines():
                file.execute(table)
            file.execute('INSERT OR IGNORE INTO master (number, "check") VALUES (1, ?)', (master.check,))
        self._find_master()

    def keep(self, keys: Mapping[str, bytes]) -> None:
        """Keep new keys, all of them or none; they last when this returns."""
        self.make_ready()
        with self._writing() as file:
            master = self._still(file)
            rows = [(id_, master.wrap(id_, key)) for id_, key in keys.items()]
            file.executemany("INSERT INTO data_key (id, wrapped) VALUES (?, ?)", rows)
        self._keys.update(keys)

    def key(self, id: str) -> bytes:
        """The key; raises Broken where it is not there, or the master key was moved elsewhere meanwhile."""
        if id not in self._keys:
            self._keys[id] = self._load(id)
        return self._keys[id]

    def destroy(self, ids: Iterable[str]) -> None:
        """Destroy keys for good; their places in the file are overwritten."""
        rows = [(id_,) for id_ in ids]
        self.make_ready()
        with self._writing() as file:
            file.executemany("DELETE FROM data_key WHERE id = ?", rows)
            file.executemany("INSERT OR IGNORE INTO destroyed (id) VALUES (?)", rows)
        for (id_,) in rows:
            self._keys.pop(id_, None)

    def kept(self) -> frozenset[str]:
        """The ids of all keys."""
        return self._ids("data_key")

    def destroyed(self) -> frozenset[str]:
        """The ids of the keys that were destroyed."""
        return self._ids("destroyed")

    def take_in(self, home: Path) -> None:
        """Add the keys of the copy of this keyring under another home folder, if there is one, all of them or none.

        What was destroyed in either stays destroyed. Raises Broken where the master key is missing or not
        the one that wraps the copy.
        """
        copy = SqliteKeyring(home / FILE, self._source)
        check = copy._check()
        if check is None:
            return
        if self._master is None:
            self._source.load(check)  # no new one is made where the one that is needed is missing
        self.make_ready()
        with copy._reading() as file:
            keys = file.execute("SELECT id, wrapped FROM data_key").fetchall()
            destroyed = file.execute("SELECT id FROM destroyed").fetchall()
        with self._writing() as file:
            if self._still(file).check != check:
                raise _of_another_master()
            file.executemany("INSERT OR IGNORE INTO data_key (id, wrapped) VALUES (?, ?)", keys)
            file.executemany("INSERT OR IGNORE INTO destroyed (id) VALUES (?)", destroyed)
            file.execute("DELETE FROM data_key WHERE id IN (SELECT id FROM destroyed)")
        self._keys.clear()

    def rotate(self, to: Path | None = None) -> int:
        """Wrap all keys with a new master key; how many there are.

        The new key takes the place of the old one in its file, or goes to the file ``to``, whose key is used where
        there is one already. Raises BadInput where the old one comes from a setting and ``to`` is not given. A process
        that is killed on the way leaves either the old master key in force, or the new one.
        """
        self.make_ready()
        if to is not None:
            target = MasterKeyFile(to)
            rewrapped = self._rewrap(target.load_or_make())
        elif isinstance(self._source, MasterKeyFile):
            target = self._source
            rewrapped = self._rewrap(target.next.load_or_make())  # finding it then puts it in the place of the old one
        else:
            where = self._source.where
            raise BadInput(f"The master key comes from {where}. Say where the new one is to go with --to FILE.")
        self._source = target
        self._find_master()
        return rewrapped

    def _rewrap(self, new: MasterKey) -> int:
        with self._writing() as file:
            old = self._still(file)
            rows = file.execute("SELECT id, wrapped FROM data_key").fetchall()
            again = [(new.wrap(id_, old.unwrap(id_, wrapped)), id_) for id_, wrapped in rows]
            file.executemany("UPDATE data_key SET wrapped = ? WHERE id = ?", again)
            file.execute('UPDATE master SET "check" = ?', (new.check,))
        return len(rows)

    def _find_master(self) -> None:
        check = self._check()
        self._master = None if check is None else self._source.load(check)

    def _still(self, file: sqlite3.Connection) -> MasterKey:
        """The master key in force, looked for anew where another process has rotated it since."""
        (check,) = file.execute('SELECT "check" FROM master').fetchone()
        if self._master is None or self._master.check != check:
            self._master = self._source.load(check)
        return self._master

    def _load(self, id: str) -> bytes:
        if self._master is None:
            raise _lost()
        with self._reading() as file:
            master = self._still(file)
            row = file.execute("SELECT wrapped FROM data_key WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise _lost()
        return master.unwrap(id, row[0])

    def _check(self) -> str | None:
        """The check of the master key in force; None where the file has yet to be made."""
        if not self._path.exists():
            return None
        with self._reading() as file:
            if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'master'").fetchone() is None:
                return None
            return str(file.execute('SELECT "check" FROM master').fetchone()[0])

    def _ids(self, table: str) -> frozenset[str]:
        if self._master is None:
            return frozenset()
        with self._reading() as file:
            rows = file.execute(f"SELECT id FROM {table}")  # noqa: S608 - one of our own two tables
            return frozenset(id_ for (id_,) in rows)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with in_words(self._path), closing(sqlite3.connect(self._path, _PATIENCE, isolation_level=None)) as file:
            yield file

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; what was deleted is overwritten, and what was written is on the disk when it ends."""
        with self._reading() as file:
            for pragma in ("synchronous = EXTRA", "secure_delete = ON"):
                file.execute(f"PRAGMA {pragma}")
            file.execute("BEGIN IMMEDIATE")
            try:
                yield file
            except BaseException:
                file.execute("ROLLBACK")
                raise
            file.execute("COMMIT")


def lost_keys(place: str) -> Broken:
    """What to say where the database holds words whose keys are nowhere."""
    return Broken(
        f"Keys to what is kept in {place} are missing: {FILE} in VALUE_LOOP_HOME is not there, or belongs to another "
        "database. "
        f"Put the copies of {FILE} and of the master key that belong to it back from your backup. If they are lost "
        "for good, value-loop keys abandon gives up what they lock, and keeps the rest. Nothing was changed."
    )


def _of_another_master() -> Broken:
    return Broken(
        "The copy of the keys is wrapped with another master key than the keys that are here: the master key was "
        "rotated in between, or the copy is of another installation. Take a newer copy, or leave it out if the keys "
        "that are here have never been lost."
    )


def _lost() -> Broken:
    return Broken(f"A key to people's words is missing in {FILE}. Put back the copy that belongs to the database.")
