"""Whoever knows which practice fits a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.knowledge import Practice
from assistant.domain.report import Finding


class Adviser(Protocol):
    """Ranks practices for a finding."""

    def rank(self, finding: Finding, practices: Sequence[Practice]) -> tuple[Practice, ...]:
        """The practices, most fitting first."""
        ...
