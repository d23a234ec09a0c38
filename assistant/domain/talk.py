"""The manager's talk with the team about a report: what can be said in it, and what may be asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a sceptical team member may ask, and words that hold."""

    asked: str
    answer: str


@dataclass(frozen=True, slots=True)
class Guide:
    """The talk in its parts, each a few sentences that can be said as they are; ``never`` is what to leave alone."""

    opening: str
    heard: tuple[str, ...]
    will_do: tuple[str, ...]
    ask: tuple[str, ...]
    never: tuple[str, ...]
    questions: tuple[Question, ...]
