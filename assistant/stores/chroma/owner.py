"""One owner of the index at a time: Chroma loses vectors where two processes write to one folder."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from assistant.domain.errors import Broken, Busy


class Owner:
    """Holds the index until :meth:`release`, or until the process ends, however it ends."""

    def __init__(self, lock: BaseFileLock, name: Path) -> None:
        self._lock = lock
        self._name = name

    @classmethod
    def of(cls, home: Path) -> Owner:
        """Become the owner. Raises Busy where another process is, Broken where the folder cannot be written."""
        name = home / "index.owner"
        lock = FileLock(home / "index.lock", mode=0o600)
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(timeout=0)
            name.write_text(str(os.getpid()))
        except Timeout:
            raise Busy(
                f"The index is in use by Value Loop{_process(name)}. Stop it, or run this again when it has ended."
            ) from None
        except OSError as error:
            lock.release()
            raise Broken(f"The folder {home} cannot be used to keep the index in ({error.strerror}).") from error
        return cls(lock, name)

    def release(self) -> None:
        """Let another process have the index."""
        self._name.unlink(missing_ok=True)
        self._lock.release()


def _process(name: Path) -> str:
    try:
        return f" (process {int(name.read_text())})"
    except (OSError, ValueError):
        return ""
