"""What one at a time does: by a lock on a file beside the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.domain.errors import Broken, Busy
from assistant.ports.store import Duty

_IN_WORDS = {Duty.FOLLOW_INDEX: "bringing the index up to date", Duty.SENDING: "sending"}


@contextmanager
def alone_in_folder(home: Path, duty: Duty, patience: float) -> Iterator[None]:
    """Have a duty to oneself until the block ends, or the process; threads exclude each other, too.

    Raises Busy where somebody else is at it for longer than ``patience`` seconds, Broken where the folder cannot be
    written.
    """
    lock = FileLock(home / f"{duty}.lock", timeout=patience, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise at_it(duty) from None
    except OSError as error:
        raise Broken(f"The folder {home} cannot be written ({error.strerror}).") from error
    try:
        yield
    finally:
        lock.release()


def at_it(duty: Duty) -> Busy:
    """That somebody else does this just now, in words."""
    return Busy(f"Another part of Value Loop is {_IN_WORDS[duty]} right now. Wait a moment and try again.")
