"""Whoever understands a leader's question."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.inquiry import Askable, Query


class Analyst(Protocol):
    """Turns a question into a typed query over what may be asked about."""

    def understand(self, question: str, askable: Askable) -> Query:
        """The query; its measure is UNCLEAR where the question was not understood, or leaves open who is meant."""
        ...
