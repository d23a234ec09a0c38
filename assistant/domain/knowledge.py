"""What the product knows: behaviours under the fundamentals, and practices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.words import Fundamental


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A named behaviour: ``does`` completes "My manager ...", ``doing`` names it on its own.

    ``hint`` is what the id alone does not tell a language model; empty where it tells enough. ``change`` completes
    "Have you noticed any change in ...".
    """

    id: str
    fundamental: Fundamental
    does: str
    doing: str
    about: str
    there: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    hint: str = ""
    change: str = ""

    @property
    def change_question(self) -> str:
        """What a team is asked a round later, by which nobody can tell that somebody took anything on."""
        return f"Have you noticed any change in {self.change or self.doing}?"


@dataclass(frozen=True, slots=True)
class Practice:
    """A card of the knowledge base: something a manager can do; ``uses`` is a subset of gap, strength, unseen.

    ``owner`` answers for a card of the organisation's own and is empty for ours; it is used up to the day ``expires``.
    """

    id: str
    title: str
    fundamental: Fundamental
    behaviours: tuple[str, ...]
    uses: frozenset[str]
    minutes: int
    source: str
    what: str
    fits: str
    does_not_fit: str
    first_step: str
    words: str
    team_would_notice: str
    traps: str
    owner: str = ""
    expires: date | None = None

    def is_in_use(self, today: date) -> bool:
        """Whether it may still be suggested."""
        return self.expires is None or today <= self.expires


@dataclass(frozen=True, slots=True)
class FundamentalPage:
    """A fundamental described for readers; ``body`` is Markdown."""

    name: Fundamental
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, validated, by id."""

    behaviours: dict[str, Behaviour]
    practices: dict[str, Practice]
    fundamentals: tuple[FundamentalPage, ...]

    def with_own(self, cards: Iterable[Practice], today: date) -> Knowledge:
        """The same with an organisation's own cards, without those that have run out."""
        own = {card.id: card for card in cards if card.is_in_use(today)}
        return replace(self, practices=self.practices | own)
