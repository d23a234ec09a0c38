"""Guided conversations as typed state: what has been asked, what has been answered, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.words import Fundamental


class Slot(StrEnum):
    """One thing that a good answer to the value question holds."""

    VALUE = "value"
    EXAMPLE = "example"
    EFFECT = "effect"
    OWN_PART = "own_part"
    HARD_TO_HEAR = "hard_to_hear"
    MISSING = "missing"
    KEEP = "keep"
    FUNDAMENTAL = "fundamental"
    COMMITMENT = "commitment"
    CHANGE = "change"


class Wish(StrEnum):
    """What somebody wants of the conversation itself, in place of an answer."""

    SKIP = "skip"
    BACK = "back"
    WHY = "why"
    PRIVACY = "privacy"
    STOP = "stop"
    NOT_MEANT = "not_meant"


class Move(StrEnum):
    """What the assistant does with its turn."""

    ASK = "ask"
    TURN_TO_PERSON = "turn_to_person"
    TURN_TO_OWN_PART = "turn_to_own_part"
    TRY_ONCE_MORE = "try_once_more"
    EXPLAIN_WHY = "explain_why"
    EXPLAIN_PRIVACY = "explain_privacy"
    CLOSE = "close"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in one message.

    ``gist`` is a short clause in the speaker's own terms, or one for what they gave in place of an answer, or None;
    ``further`` another one of a long message. ``echo`` are a few words that make no clause, where there is no gist;
    ``quote`` is a short sentence word for word, where there is neither.
    ``serious`` is whether it tells of harassment, violence, self-harm or a crime; nothing else is heard in it then.
    """

    wish: Wish | None = None
    slots: frozenset[Slot] = frozenset()
    fundamentals: frozenset[Fundamental] = frozenset()
    work_management: bool = False
    blames_others: bool = False
    nothing: bool = False
    gist: str | None = None
    further: str | None = None
    echo: str | None = None
    quote: str | None = None
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was put: a slot, and the fundamental where the slot is FUNDAMENTAL."""

    slot: Slot
    fundamental: Fundamental | None = None


@dataclass(frozen=True, slots=True)
class InterviewState:
    """Where a conversation stands; it holds nobody's words.

    ``asked`` in order; ``filled`` the slots answered, asked for or not; ``touched`` the fundamentals that came up;
    ``nudges`` how often the talk was turned back to the person or the manager's own part, ``own_part_nudges`` how many
    of those went to the own part; ``nothings`` how often there was nothing to say; ``closed`` once the assistant has
    said its closing word; ``paused`` while the person has not said how to go on after a serious matter.
    """

    asked: tuple[Asked, ...] = ()
    filled: frozenset[Slot] = frozenset()
    touched: frozenset[Fundamental] = frozenset()
    nudges: int = 0
    own_part_nudges: int = 0
    nothings: int = 0
    closed: bool = False
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What the assistant is to say next; an engine puts it into words."""

    move: Move
    asked: Asked | None
    heard: Heard


@dataclass(frozen=True, slots=True)
class Setting:
    """What an engine may know to word a turn: kind, first names, the floor, how often the loop has turned, the locale.

    ``locale`` is the author's BCP 47 tag, where people.csv gives one. ``commitment`` is what a reflecting manager took
    on after the round before, in their own words; ``change_asked`` the neutral question that a feedback puts once. Each
    is None where there is nothing to ask after. ``may_stop`` is whether an engine that sees a serious matter in the
    last message may say so in place of any words. ``any_language`` is whether what is said is read in whatever language
    it comes; where it is not, whoever writes another one is told so.
    """

    is_reflection: bool
    author: str
    about: str | None
    floor: int
    turn: int
    locale: str | None = None
    commitment: str | None = None
    change_asked: str | None = None
    may_stop: bool = False
    any_language: bool = False
