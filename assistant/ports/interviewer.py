"""Whoever holds the conversation: hears an answer, and puts the next turn into words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.domain.conversation import Message
from assistant.domain.interview import Heard, Setting, Turn


class Interviewer(Protocol):
    """Understands one message and words one turn; what comes next is decided by ``assistant.interview``."""

    def hear(self, text: str, setting: Setting) -> Heard:
        """What one message of the author holds."""
        ...

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Iterator[str]:
        """The assistant's words for a turn, piece by piece."""
        ...
