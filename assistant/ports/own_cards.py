"""Where an organisation's own practice cards are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.knowledge import Practice


class OwnCards(Protocol):
    """Cards by id; nobody's words are in them."""

    def all(self) -> tuple[Practice, ...]:
        """Every card, by id, also what has run out."""
        ...

    def put(self, cards: Iterable[Practice]) -> None:
        """Keep cards; one with the id of an earlier one takes its place."""
        ...

    def remove(self, id: str) -> None:
        """Take a card out; raises Unknown."""
        ...
