"""Moving an installation: the old database is marked, everything is copied and compared, and the new one is in use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from assistant.domain.errors import BadInput, Broken
from assistant.stores.backup.snapshot import counts
from assistant.stores.chroma.owner import Owner
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.moving import mark
from assistant.stores.moving.copying import TableSum, copy_all
from assistant.stores.moving.mark import Mark
from assistant.stores.own_cards import FILE as OWN_CARDS
from assistant.stores.sql.faults import in_words
from assistant.stores.sql.sqlite_file import FILE as DATABASE
from assistant.stores.sql.sqlite_file import make_engine
from assistant.stores.sql.store import PATIENCE, SqlStore


@dataclass(frozen=True, slots=True)
class Moved:
    """Where everything is now (the home folder that goes with it), and the sums of its tables."""

    home: Path
    sums: dict[str, TableSum]


def move(
    home: Path, to: str, keyring: SqliteKeyring, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> Moved:
    """Move the database under ``home`` to the one at the address ``to``; carries on where an earlier call was killed.

    The old database keeps all it had, and is marked so that nobody uses it. Raises BadInput where ``to`` is no address
    of a database that can hold it, or holds something else; Busy where the app is running; Broken where the two
    differ in the end, or one of them cannot be used.
    """
    url, path = _address(to), home / DATABASE
    if not path.is_file():
        raise Broken(f"There is nothing to move: {path} is not there. Is VALUE_LOOP_HOME right?")
    if _file(url).resolve() == path.resolve():
        raise BadInput(f"Everything is kept at {to} already.")
    owner = Owner.of(home)
    try:
        if mark.read(path) is None:
            _check_empty(url)
        with _source(home, path, url, keyring) as source, _target(url, keyring) as target, in_words(_file(url)):
            if mark.read(path) is None:
                _stop_writing(path, url)
            sums = copy_all(source, target, progress)
            new_home = _bring_what_goes_along(home, url, keyring)
        mark.put(path, Mark(_shown(url), is_done=True))
        return Moved(new_home, sums)
    finally:
        owner.release()


def move_back(home: Path) -> str | None:
    """Use the database under ``home`` again, as it was when it was moved; where it had gone to, None for nowhere."""
    found = mark.read(home / DATABASE)
    mark.take_away(home / DATABASE)
    return None if found is None else found.to


def _address(to: str) -> URL:
    try:
        url = make_url(to)
    except ArgumentError:
        raise BadInput("The address should be such as sqlite:////var/lib/value-loop-2/value-loop.sqlite3") from None
    if url.get_backend_name() != "sqlite" or _file(url).name != DATABASE:
        raise BadInput(f"{_shown(url)} cannot hold it: the address should be sqlite:///FOLDER/{DATABASE}")
    return url


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _file(url: URL) -> Path:
    return Path(url.database or "")


@contextmanager
def _source(home: Path, path: Path, url: URL, keyring: SqliteKeyring) -> Iterator[Engine]:
    """The old database, up to date; that of a move that was broken off is as it was when it was marked."""
    begun = mark.read(path)
    if begun is None:
        SqlStore.open(home, keyring=keyring).close()
    elif begun.is_done or begun.to != _shown(url):
        mark.refuse_if_marked(path)
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _target(url: URL, keyring: SqliteKeyring) -> Iterator[Engine]:
    """The new database, with its tables."""
    path = _file(url)
    SqlStore.open(path.parent, keyring=keyring).close()
    engine = make_engine(path, PATIENCE)
    try:
        yield engine
    finally:
        engine.dispose()


def _check_empty(url: URL) -> None:
    if _file(url).is_file() and any(counts(_file(url)).values()):
        raise BadInput(f"The database at {_shown(url)} holds something already. Give the address of an empty one.")


def _stop_writing(path: Path, url: URL) -> None:
    """Mark the old database while nobody is in the middle of a transaction; whoever begins one later finds the mark."""
    engine = make_engine(path, PATIENCE)
    try:
        with engine.begin():
            mark.put(path, Mark(_shown(url), is_done=False))
    finally:
        engine.dispose()


def _bring_what_goes_along(home: Path, url: URL, keyring: SqliteKeyring) -> Path:
    """Keys and own cards, into the folder of the new database; that folder."""
    new_home = _file(url).parent
    SqliteKeyring.open(new_home, keyring.source).take_in(home)
    if (home / OWN_CARDS).is_file():
        shutil.copyfile(home / OWN_CARDS, new_home / OWN_CARDS)
    return new_home
