"""A scenario: one manager and a team that were made up, what they said, and what a careful reader marked in it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.conversation import Conversation
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.evaluation.annotation import Annotation


@dataclass(frozen=True, slots=True)
class Scenario:
    """``people`` are the manager and then the direct reports; ``name`` tells it from others."""

    name: str
    people: tuple[Person, ...]
    conversations: tuple[Conversation, ...]
    marked: Annotation

    @property
    def manager(self) -> Person:
        """Whose report it is about."""
        return self.people[0]

    def of(self, kind: ConversationKind) -> tuple[Conversation, ...]:
        """The conversations of one kind, in order."""
        return tuple(c for c in self.conversations if c.kind is kind)
