"""Who is at work on a home folder: any number of apps and workers at once, or one that changes all of it, alone."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.domain.errors import Broken, Busy
from assistant.stores.home_folder import make_home

LOCK = "at-work.lock"


@contextmanager
def at_work(home: Path) -> Iterator[None]:
    """Be one of those at work on ``home`` until the block ends, or the process, however it ends.

    Raises Busy while somebody has it alone, Broken where the folder cannot be written.
    """
    busy = "Everything that is kept is being restored or moved right now. Start the app when that has ended."
    with _locked(home, fcntl.LOCK_SH, busy):
        yield


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Have ``home`` without anybody at work on it. Raises Busy while somebody is, Broken like :func:`at_work`."""
    busy = "Value Loop is running. Stop the app and all workers, and run this again when they have ended."
    with _locked(home, fcntl.LOCK_EX, busy):
        yield


@contextmanager
def _locked(home: Path, how: int, busy: str) -> Iterator[None]:
    """Hold the lock of a folder, which the system lets go of with the process."""
    make_home(home, LOCK)
    file = os.open(home / LOCK, os.O_RDWR)
    try:
        _lock(file, how, busy)
        yield
    finally:
        os.close(file)


def _lock(file: int, how: int, busy: str) -> None:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy(busy) from None
    except OSError as error:
        raise Broken(f"{LOCK} in the home folder cannot be locked ({error.strerror}).") from error
