"""Moving an installation: the old database is marked, everything is copied and compared, and the new one is in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from assistant.domain.errors import BadInput, Broken
from assistant.stores.at_work import alone
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.keys.wrapped_keys import WrappedKeys
from assistant.stores.moving import mark
from assistant.stores.moving.copying import TableSum, copy_all, is_empty
from assistant.stores.moving.mark import Mark
from assistant.stores.sql.database import Database
from assistant.stores.sql.sqlite_file import FILE as DATABASE
from assistant.stores.sql.sqlite_file import SqliteFile
from assistant.stores.sql.store import PATIENCE, SqlStore, database_at


@dataclass(frozen=True, slots=True)
class Place:
    """Where an installation is kept: a home folder, and the address of its database where that is on a server."""

    home: Path
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """Where everything is now, in words too, and the sums of its tables."""

    place: Place
    says: str
    sums: dict[str, TableSum]


def move(
    home: Path, to: str, keyring: WrappedKeys, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> Moved:
    """Move the database under ``home`` to the one at the address ``to``; carries on where an earlier call was killed.

    That is a PostgreSQL database, while keys stay here, or a file in another home folder, where they go along. The old
    database keeps all it had, and is marked so that nobody uses it. Raises BadInput where ``to`` is no address of a
    database that can hold it, or holds something else; Busy where the app is running; Broken where the two differ in
    the end, or one of them cannot be used.
    """
    place, path = _place(home, to), home / DATABASE
    if not path.is_file():
        raise Broken(f"There is nothing to move: {path} is not there. Is VALUE_LOOP_HOME right?")
    if place.url is None and place.home.resolve() == home.resolve():
        raise BadInput(f"Everything is kept at {to} already.")
    owner = Owner.of(home)
    try:
        with alone(home), _target(place) as target, target.in_words(), _source(home, path, target, keyring) as source:
            SqlStore.open(place.home, keyring=keyring, url=place.url).close()
            if mark.read(path) is None:
                _stop_writing(home, target)
            sums = copy_all(source, target, progress)
            _bring_what_goes_along(home, place, keyring)
            mark.put(path, Mark(target.place, is_done=True))
            return Moved(place, target.place, sums)
    finally:
        owner.release()


def move_back(home: Path) -> str | None:
    """Use the database under ``home`` again, as it was when it was moved; where it had gone to, None for nowhere."""
    found = mark.read(home / DATABASE)
    mark.take_away(home / DATABASE)
    return None if found is None else found.to


def _place(home: Path, to: str) -> Place:
    try:
        url = make_url(to)
    except ArgumentError:
        raise BadInput("The address should be such as postgresql://user:password@host/database") from None
    kind, file = url.get_backend_name(), Path(url.database or "")
    if kind == "postgresql":
        return Place(home, to)
    if kind != "sqlite" or file.name != DATABASE:
        shown = url.render_as_string(hide_password=True)
        raise BadInput(
            f"{shown} cannot hold it: the address should be postgresql://user:password@host/database, or "
            f"sqlite:///FOLDER/{DATABASE}"
        )
    return Place(file.parent)


@contextmanager
def _target(place: Place) -> Iterator[Database]:
    """The new database."""
    database = database_at(place.home, place.url, PATIENCE)
    try:
        yield database
    finally:
        database.engine.dispose()


@contextmanager
def _source(home: Path, path: Path, target: Database, keyring: WrappedKeys) -> Iterator[Connection]:
    """The old database, up to date; that of a move that was broken off is as it was when it was marked."""
    begun = mark.read(path)
    if begun is None:
        _check_empty(target)
        SqlStore.open(home, keyring=keyring).close()
    elif begun.is_done or begun.to != target.place:
        mark.refuse_if_marked(path)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _check_empty(target: Database) -> None:
    if not is_empty(target):
        raise BadInput(f"There is something in {target.place} already. Give the address of an empty database.")


def _stop_writing(home: Path, target: Database) -> None:
    """Mark the old database while nobody is in the middle of a transaction; whoever begins one later finds the mark."""
    old = SqliteFile(home, PATIENCE)
    try:
        with old.in_words(), old.begin():
            mark.put(old.path, Mark(target.place, is_done=False))
    finally:
        old.engine.dispose()


def _bring_what_goes_along(home: Path, place: Place, keyring: WrappedKeys) -> None:
    """The keys, into the folder of the new database where it is another one."""
    if place.home != home:
        SqliteKeyring.open(place.home, keyring.source).take_in(home)
