"""What the product knows: behaviours under the fundamentals, and practices."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A card of the knowledge base: something a manager can do; ``uses`` is a subset of gap, strength, unseen."""

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
