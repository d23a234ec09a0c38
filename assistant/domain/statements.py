"""Claims and observations: single things that were said, with the place where they were said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.words import CLAIM_STANCES, Fundamental, Signal, Stance


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a conversation: index of the message and character offsets, ``end`` exclusive."""

    message: int
    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether all of the other lies within this one."""
        return self.message == other.message and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.message == other.message and self.start < other.end and other.start < self.end


class AuthorsView(StrEnum):
    """What its author says of how a statement was read: nothing so far, right, changed, or no statement at all."""

    OPEN = "open"
    RIGHT = "right"
    CHANGED = "changed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Statement:
    """One self-contained thing that somebody said.

    ``author`` said it about ``about`` (None: the team as a whole). ``behaviour`` is an id of the knowledge base's
    behaviours. ``confidence`` is 0 to 1. ``view`` is its author's; from RIGHT and CHANGED on it is certain.
    ``shared`` is False where its author held it back, or says that it is nothing of the kind. ``named`` is True where
    its author chose to say it under their name.
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
    named: bool = False
    view: AuthorsView = AuthorsView.OPEN

    @property
    def is_settled(self) -> bool:
        """Whether its author has said what it is."""
        return self.view in {AuthorsView.RIGHT, AuthorsView.CHANGED}

    @property
    def is_claim(self) -> bool:
        """Whether the manager's side said it."""
        return self.stance in CLAIM_STANCES


UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of event, and how probable (0 to 1) it is that a conversation describes one."""

    signal: Signal
    probability: float


@dataclass(frozen=True, slots=True)
class Signs:
    """How probable (0 to 1) it is that a reader takes what somebody says for a sign of trust; of fear or blame."""

    trust: float
    fear: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine read in one conversation.

    ``signals`` are the climate signals of the whole conversation, also those of remarks that are no statement; each
    kind once at most. ``signs`` are what all of it together says of trust and fear; None where the engine knows no more
    of that than the signals.
    ``unsure`` counts parts that were read but not understood well enough to be used. ``language`` is a BCP 47 tag, or
    :data:`UNKNOWN_LANGUAGE` where the engine does not read the language and has left the conversation unread.
    ``stand_in`` is the name of the engine that read in place of the one that was to, None where that one read itself.
    """

    statements: tuple[Statement, ...]
    signals: tuple[Described, ...] = ()
    unsure: int = 0
    language: str = "en"
    stand_in: str | None = None
    signs: Signs | None = None

    @property
    def was_read(self) -> bool:
        """Whether the engine reads the language of the conversation."""
        return self.language != UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class Topic:
    """One concrete behaviour or need, and all that both sides said about it (ids of statements).

    ``turned`` are observations among them that count the other way than they were read: alone they are doubtful, and
    what the others say of the topic leaves little doubt.
    """

    id: str
    behaviour: str
    fundamental: Fundamental
    statements: tuple[str, ...]
    turned: frozenset[str] = frozenset()
