"""Claims and observations: single things that were said, with the place where they were said."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.words import CLAIM_STANCES, Fundamental, Signal, Stance


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a conversation: index of the message and character offsets, ``end`` exclusive."""

    message: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One self-contained thing that somebody said.

    ``author`` said it about ``about`` (None: the team as a whole). ``behaviour`` is an id of the knowledge base's
    behaviours. ``confidence`` is 0 to 1. ``shared`` is False where its author held it back.
    """

    id: str
    conversation: str
    author: str
    about: str | None
    span: Span
    text: str
    fundamental: Fundamental
    behaviour: str
    stance: Stance
    confidence: float
    signal: Signal | None = None
    shared: bool = True

    @property
    def is_claim(self) -> bool:
        """Whether the manager's side said it."""
        return self.stance in CLAIM_STANCES


UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in one conversation.

    ``signals`` are the climate signals of the whole conversation, also those of remarks that are no statement.
    ``unsure`` counts parts that were read but not understood well enough to be used. ``language`` is a BCP 47 tag, or
    :data:`UNKNOWN_LANGUAGE` where the engine does not read the language and has left the conversation unread.
    """

    statements: tuple[Statement, ...]
    signals: tuple[Signal, ...] = ()
    unsure: int = 0
    language: str = "en"

    @property
    def was_read(self) -> bool:
        """Whether the engine reads the language of the conversation."""
        return self.language != UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class Topic:
    """One concrete behaviour or need, and all that both sides said about it (ids of statements)."""

    id: str
    behaviour: str
    fundamental: Fundamental
    statements: tuple[str, ...]
