"""The reader log: who looked at what, in categories, never in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Looked(StrEnum):
    """What was looked at."""

    REPORT = "report"
    ANSWER = "answer"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One reading: ``reader`` is an e-mail or "operator"; ``about`` the e-mails of the managers whose data it was."""

    at: datetime
    reader: str
    looked: Looked
    round_key: str
    about: tuple[str, ...]
