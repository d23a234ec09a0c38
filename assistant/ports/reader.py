"""Whoever reads conversations: finds claims and observations, and what is the same topic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.conversation import Conversation
from assistant.domain.statements import Reading, Statement, Topic


class Reader(Protocol):
    """Reads one conversation at a time, then groups the statements of one team."""

    @property
    def reads_as(self) -> str:
        """Under what its readings are kept: the engine, and what else decides how it reads; another one reads anew."""
        ...

    @property
    def reads_at_once(self) -> int:
        """How many conversations it may be given at the same time, each by a thread of its own."""
        ...

    def read(self, conversation: Conversation) -> Reading:
        """The statements of a conversation, with their spans; ids are ``<conversation id>:<number>``."""
        ...

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """Statements of both sides of one team, grouped; every statement is in exactly one topic."""
        ...

    def likely(self, text: str) -> tuple[str, ...]:
        """The behaviours (ids) that a statement is most probably about, the most probable first."""
        ...
