"""What may happen in an organisation, as plain values: who is there, who says what and when, and who looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum

LEADER = "l0@acme.example"
ADMIN = "admin@acme.example"


class Second(StrEnum):
    """What an author does about the first thing they said, later on."""

    NOTHING = "nothing"
    HOLDS_BACK = "holds back"
    CORRECTS = "corrects"


@dataclass(frozen=True)
class Words:
    """What somebody says in a round, and what they do about it before the analysis with the number ``at``."""

    text: str
    second: Second = Second.NOTHING
    at: int = 0


@dataclass(frozen=True)
class Presence:
    """When somebody answers, takes it back and is erased, as numbers of analyses; None for never."""

    answers: int | None = 0
    erased: int | None = None
    joins_late: bool = False
    withdrawn: int | None = None

    def counts_at(self, number: int) -> bool:
        """Whether their answer is there when this analysis is made."""
        answered = self.answers is not None and self.answers <= number
        return answered and all(gone is None or number < gone for gone in (self.erased, self.withdrawn))


class Signs(StrEnum):
    """What somebody says under their name."""

    NOTHING = "nothing"
    A_LINE = "a line"
    ALL = "all"


SIGNED_LINE = "strengths+"
"""What those say under their name, beside their words, who sign a line."""


@dataclass(frozen=True)
class Member:
    """Somebody in a team; the manager is given by number."""

    email: str
    manager: int
    presence: Presence
    words: Words
    signs: Signs = Signs.NOTHING

    @property
    def text(self) -> str:
        """All they say."""
        return f"{self.words.text} {SIGNED_LINE}" if self.signs is Signs.A_LINE else self.words.text


@dataclass(frozen=True)
class Look:
    """Somebody looks at something: ``what`` of :data:`tests.attack.world.LOOKS`, ``whom`` a manager by number.

    ``which`` is the number of a question of :data:`tests.attack.world.QUESTIONS`.
    """

    what: str
    whom: int = 0
    which: int = 0


@dataclass(frozen=True)
class Stage:
    """An analysis, of everybody or of one manager (by number), and the looks that follow it."""

    only: int | None
    looks: tuple[Look, ...]


@dataclass(frozen=True)
class History:
    """One round: managers with whom they report to (a manager's number, None for the leader on top), members, stages.

    The round is closed before the stage with the number ``closes``; from then on nobody answers, and people may still
    be erased.
    """

    floor: int
    managers: tuple[int | None, ...]
    members: tuple[Member, ...]
    stages: tuple[Stage, ...]
    closes: int = 0
    colluders: frozenset[str] = field(default_factory=frozenset)

    def exchanged(self, one: int, other: int) -> History:
        """The same with the words of two members (by number) exchanged."""
        members = list(self.members)
        a, b = members[one], members[other]
        members[one], members[other] = replace(a, words=b.words), replace(b, words=a.words)
        return replace(self, members=tuple(members))

    def saying(self, some: Collection[int], text: str) -> History:
        """The same with other words of some members (by number)."""
        members = [
            replace(m, words=replace(m.words, text=text)) if n in some else m for n, m in enumerate(self.members)
        ]
        return replace(self, members=tuple(members))


def manager_email(number: int) -> str:
    """What a manager is called."""
    return f"b{number}@acme.example"
