"""Whoever turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Encoder(Protocol):
    """Sentences to unit vectors; ``fingerprint`` names the model, and vectors of two models are never mixed."""

    @property
    def fingerprint(self) -> str:
        """Name and version of the model."""
        ...

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector a text, all of the same length. Raises NoAnswer where a server makes them, and fails."""
        ...

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """How alike a text is to each of the others (cosine), by vectors that go with each other and with no index."""
        ...
