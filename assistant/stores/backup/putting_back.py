"""The last step of a restore, which the next opening of the store takes where a process was killed before its end."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.domain.errors import Busy
from assistant.ports.keyring import Keyring
from assistant.stores.lasting import sync_folder
from assistant.stores.own_cards_file import FILE as OWN_CARDS
from assistant.stores.sql.sqlite_file import FILE as DATABASE

STAGED = "restore.new"
LOCK = "restore.lock"

_DECIDED = "restore.ready"
_DONE = "restore.old"


def decide(home: Path) -> None:
    """From here on the home folder holds what was staged: :func:`finish` puts it in its place, now or later."""
    (home / STAGED).rename(home / _DECIDED)
    sync_folder(home)


def is_decided(home: Path) -> bool:
    """Whether a restore has been decided on and is not in its place yet."""
    return (home / _DECIDED).is_dir()


def finish(home: Path, keyring: Keyring, patience: float, put: Callable[[Path], None]) -> None:
    """Put in its place what a restore has decided on, if there is anything; doing it again does no harm.

    ``put`` writes the file that it is given over the database in use, and may be called again where it was killed.
    Raises Busy where another process takes longer than ``patience`` seconds over it, Broken where the disk is full.
    """
    if not any((home / name).exists() for name in (STAGED, _DECIDED, _DONE)):
        return
    try:
        with FileLock(home / f"{_DECIDED}.lock", timeout=patience, mode=0o600):
            if (home / _DECIDED).is_dir():
                _put_in_place(home, keyring, put)
            shutil.rmtree(home / _DONE, ignore_errors=True)
    except Timeout:
        raise Busy("Another process is finishing a restore right now. Wait a moment and try again.") from None
    _forget_one_that_was_killed(home)


def _put_in_place(home: Path, keyring: Keyring, put: Callable[[Path], None]) -> None:
    """Keys first: more of them do no harm, and what is kept cannot be opened without them.

    Nothing is taken out of what was decided on before all of it is in place, as it may have to be done again.
    """
    decided = home / _DECIDED
    keyring.take_in(decided)
    put(decided / DATABASE)
    if (decided / OWN_CARDS).is_file():
        beside = home / f"{OWN_CARDS}.new"
        beside.touch(mode=0o600)
        shutil.copyfile(decided / OWN_CARDS, beside)
        beside.replace(home / OWN_CARDS)
    else:
        (home / OWN_CARDS).unlink(missing_ok=True)
    decided.rename(home / _DONE)
    sync_folder(home)


def _forget_one_that_was_killed(home: Path) -> None:
    """What was staged and never decided on goes, with its copy of keys; not while somebody is staging it."""
    if not (home / STAGED).exists():
        return
    try:
        with FileLock(home / LOCK, timeout=0, mode=0o600):
            shutil.rmtree(home / STAGED, ignore_errors=True)
    except Timeout:
        return
