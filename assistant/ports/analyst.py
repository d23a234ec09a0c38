"""Whoever understands a leader's question."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.inquiry import Query
from assistant.domain.organisation import Person


class Analyst(Protocol):
    """Turns a question into a typed query over the managers that may be asked about."""

    def understand(self, question: str, managers: tuple[Person, ...]) -> Query:
        """The query; its measure is UNCLEAR where the question was not understood."""
        ...
