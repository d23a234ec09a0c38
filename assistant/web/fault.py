"""Mistakes of ours, written down so that they can be mended: what kind and where, never anybody's words."""

from __future__ import annotations

import traceback

import structlog

_INNERMOST = 4


def write_down(event: str, error: Exception) -> None:
    """Log an error by its kind and the places it came through; its text may hold words and stays out."""
    frames = traceback.extract_tb(error.__traceback__)[-_INNERMOST:]
    at = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames))
    structlog.get_logger().error(event, error=type(error).__name__, at=at)
