"""How much memory a process has held, in MB."""

from __future__ import annotations

import resource
import sys

_UNIT = 1024 if sys.platform != "darwin" else 1  # ru_maxrss counts KiB on Linux, bytes on macOS


def megabytes(ru_maxrss: int) -> float:
    """What the system counts of a process, in MB."""
    return ru_maxrss * _UNIT / 1_000_000


def peak() -> float:
    """The most that this process has held at any time until now, in MB."""
    return megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
