"""How logs are written."""

from __future__ import annotations

from enum import StrEnum


class LogForm(StrEnum):
    """How a line is written: for people, or for programs."""

    TEXT = "text"
    JSON = "json"
