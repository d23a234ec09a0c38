"""A home for as long as a command runs."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def fleeting_home(status_when_ended: int = 0) -> Iterator[Path]:
    """A temporary folder, removed at the end: also by Ctrl-C, and when the process is asked to end.

    ``status_when_ended`` is the exit status in the latter case.
    """

    def end(_number: int, _frame: Any) -> None:
        raise SystemExit(status_when_ended)

    before = signal.signal(signal.SIGTERM, end)
    try:
        with tempfile.TemporaryDirectory(prefix="value-loop-demo-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    finally:
        signal.signal(signal.SIGTERM, before)
