"""The mark of what is being handed over, in a small file of its own beside the store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.ports.store import Duty
from assistant.stores.sql.duties import alone_in_folder

FILE = "outbox.mark"

_LENGTH = 128
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class MarkFile:
    """See :class:`assistant.ports.handover.Marks`.

    A mark is one write of one page into memory that belongs to the system, so it is there whole or not at all when the
    process is killed, and takes microseconds. Only if the machine goes down may it be lost. So each mark names the
    run of the machine (its boot id): a missing one proves something only within the same run.
    """

    def __init__(self, file: int, run: str) -> None:
        self._file = file
        self._run = run

    def put(self, mark: str) -> None:
        """Remember that this one is handed over now."""
        os.pwrite(self._file, f"{self._run} {mark}".ljust(_LENGTH).encode(), 0)

    def has(self, mark: str) -> bool | None:
        """Whether this one was handed over; None where nobody knows."""
        run, _, last = os.pread(self._file, _LENGTH, 0).decode(errors="replace").strip().partition(" ")
        if last == mark:
            return True
        return False if run and run == self._run else None


@contextmanager
def sending_in_folder(home: Path) -> Iterator[MarkFile]:
    """Have the right to send. Raises Busy where another process has it, Broken where the folder is not writable."""
    with alone_in_folder(home, Duty.SENDING, patience=0):
        file = os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            yield MarkFile(file, _run_of_the_machine())
        finally:
            os.close(file)


def _run_of_the_machine() -> str:
    """What this run of the machine is known by; empty where the system does not say."""
    try:
        return _BOOT_ID.read_text().strip()
    except OSError:
        return ""
