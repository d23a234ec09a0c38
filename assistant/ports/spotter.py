"""Whoever finds what in a text could give somebody away, and whoever words it more safely."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.giveaways import Giveaway
from assistant.domain.organisation import Organisation


class Spotter(Protocol):
    """Finds giveaways in a text of somebody who belongs to the organisation; nothing leaves the process."""

    def find(self, text: str, organisation: Organisation, about: str | None = None) -> tuple[Giveaway, ...]:
        """All giveaways of a text that is about ``about`` (e-mail), in order of place, none overlapping another.

        The name of the person it is about gives nobody away and is left alone.
        """
        ...


class Rewording(Protocol):
    """Offers a wording that says the same and gives less away."""

    def safer(self, text: str, found: Sequence[Giveaway]) -> str:
        """The text in safer words; the text itself where there is nothing to say more safely."""
        ...
