"""Data keys wrapped by a master key, in three tables of SQL, whichever kind of database holds them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from assistant.domain.errors import BadInput, Broken
from assistant.stores.keys.master_key import MasterKey, MasterKeyFile, MasterKeySource

TABLES = frozenset({"master", "data_key", "destroyed"})

_KEY_WITH_CHECK = """
SELECT master."check", data_key.wrapped FROM master LEFT JOIN data_key ON data_key.id = ?
"""
"""One question, so that no rotation comes between the key and the master key that it is wrapped with."""


class Rows(Protocol):
    """The tables while a database is held; ``?`` stands for values."""

    def ask(self, query: str, *values: Any) -> list[Sequence[Any]]:
        """All rows of an answer."""
        ...

    def each(self, change: str, rows: Sequence[Sequence[Any]]) -> None:
        """Make a change once for each row of values."""
        ...


class WrappedKeys(ABC):
    """See :class:`assistant.ports.keyring.Keyring`; safe to share between threads and processes.

    Keys that were used stay in memory, unwrapped, for as long as the process runs.
    """

    def __init__(self, source: MasterKeySource) -> None:
        self._source = source
        self._master: MasterKey | None = None
        self._keys: dict[str, bytes] = {}

    @property
    def source(self) -> MasterKeySource:
        """Where the master key comes from."""
        return self._source

    @property
    @abstractmethod
    def place(self) -> str:
        """What holds the keys, in words for whoever runs the installation; never a password."""

    @property
    @abstractmethod
    def advice(self) -> str:
        """What to do where keys are missing, as sentences."""

    @abstractmethod
    def take_in(self, home: Path) -> None:
        """Add the keys of the file under another home folder, if there is one, all of them or none.

        What was destroyed in either stays destroyed. Raises Broken where the master key is missing or not
        the one that wraps the copy.
        """

    @abstractmethod
    def copy_to(self, folder: Path) -> None:
        """Copy all keys, wrapped as they are, into a file in a folder; raises Broken where there are none to copy."""

    def find_master(self) -> None:
        """Have the master key in force ready, if there is one; raises Broken where it is missing, or another one."""
        check = self.check()
        self._master = None if check is None else self._source.load(check)

    def make_ready(self) -> None:
        """Make the tables, and the master key where its source can, unless they are there."""
        if self._master is not None:
            return
        master = self._source.load_or_make()
        self._make()
        with self._writing() as rows:
            rows.ask('INSERT INTO master (number, "check") VALUES (1, ?) ON CONFLICT DO NOTHING', master.check)
        self.find_master()

    def keep(self, keys: Mapping[str, bytes]) -> None:
        """Keep new keys, all of them or none; they last when this returns."""
        self.make_ready()
        with self._writing() as rows:
            master = self._still(rows)
            wrapped = [(id_, master.wrap(id_, key)) for id_, key in keys.items()]
            rows.each("INSERT INTO data_key (id, wrapped) VALUES (?, ?)", wrapped)
        self._keys.update(keys)

    def key(self, id: str) -> bytes:
        """The key; raises Broken where it is not there, or the master key was moved elsewhere meanwhile."""
        if id not in self._keys:
            self._keys[id] = self._load(id)
        return self._keys[id]

    def destroy(self, ids: Iterable[str]) -> None:
        """Destroy keys for good; nothing is left of them where they lay."""
        gone = [(id_,) for id_ in ids]
        self.make_ready()
        with self._writing() as rows:
            rows.each("DELETE FROM data_key WHERE id = ?", gone)
            rows.each("INSERT INTO destroyed (id) VALUES (?) ON CONFLICT DO NOTHING", gone)
        for (id_,) in gone:
            self._keys.pop(id_, None)
        self._wipe()

    def kept(self) -> frozenset[str]:
        """The ids of all keys."""
        return self._ids("data_key")

    def destroyed(self) -> frozenset[str]:
        """The ids of the keys that were destroyed."""
        return self._ids("destroyed")

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
        self.find_master()
        self._wipe()
        return rewrapped

    def check(self) -> str | None:
        """The check of the master key in force; None where there have never been keys.

        Tables without a check are those of a process that is making them, or that was stopped on the way.
        """
        if not self._is_made():
            return None
        with self._reading() as rows:
            found = rows.ask('SELECT "check" FROM master')
        return str(found[0][0]) if found else None

    @abstractmethod
    def _is_made(self) -> bool:
        """Whether the tables are there."""

    @abstractmethod
    def _make(self) -> None:
        """Make the tables, unless they are there."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Rows]:
        """Have the tables to read."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Rows]:
        """One transaction, alone among those that write; what was written lasts when it ends."""

    @abstractmethod
    def _wipe(self) -> None:
        """See to it that nothing is left of what was deleted."""

    def _add(self, copy: WrappedKeys) -> None:
        """Add the keys of a copy, as :meth:`take_in` says."""
        check = copy.check()
        if check is None:
            return
        if self._master is None:
            self._source.load(check)  # no new one is made where the one that is needed is missing
        self.make_ready()
        with copy._reading() as rows:
            keys = rows.ask("SELECT id, wrapped FROM data_key")
            destroyed = rows.ask("SELECT id FROM destroyed")
        with self._writing() as rows:
            if self._still(rows).check != check:
                raise _of_another_master()
            rows.each("INSERT INTO data_key (id, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING", keys)
            rows.each("INSERT INTO destroyed (id) VALUES (?) ON CONFLICT DO NOTHING", destroyed)
            rows.ask("DELETE FROM data_key WHERE id IN (SELECT id FROM destroyed)")
        self._keys.clear()
        self._wipe()

    def _rewrap(self, new: MasterKey) -> int:
        with self._writing() as rows:
            old = self._still(rows)
            kept = rows.ask("SELECT id, wrapped FROM data_key")
            again = [(new.wrap(id_, old.unwrap(id_, wrapped)), id_) for id_, wrapped in kept]
            rows.each("UPDATE data_key SET wrapped = ? WHERE id = ?", again)
            rows.ask('UPDATE master SET "check" = ?', new.check)
        return len(kept)

    def _still(self, rows: Rows) -> MasterKey:
        """The master key in force, looked for anew where another process has rotated it since."""
        return self._with_check(rows.ask('SELECT "check" FROM master')[0][0])

    def _with_check(self, check: str) -> MasterKey:
        if self._master is None or self._master.check != check:
            self._master = self._source.load(check)
        return self._master

    def _load(self, id: str) -> bytes:
        if self._master is None:
            raise self._lost()
        with self._reading() as rows:
            check, wrapped = rows.ask(_KEY_WITH_CHECK, id)[0]
        if wrapped is None:
            raise self._lost()
        return self._with_check(check).unwrap(id, wrapped)

    def _ids(self, table: str) -> frozenset[str]:
        if self._master is None:
            return frozenset()
        with self._reading() as rows:
            return frozenset(id_ for (id_,) in rows.ask(f"SELECT id FROM {table}"))  # noqa: S608 - one of our own two

    def _lost(self) -> Broken:
        return Broken(
            f"A key to people's words is missing in {self.place}. Put back the copy that belongs to the database."
        )


def _of_another_master() -> Broken:
    return Broken(
        "The copy of the keys is wrapped with another master key than the keys that are here: the master key was "
        "rotated in between, or the copy is of another installation. Take a newer copy, or leave it out if the keys "
        "that are here have never been lost."
    )
