"""Whoever holds the conversation: hears an answer, and puts the next turn into words."""

from __future__ import annotations

from collections.abc import Generator
from typing import Protocol

from assistant.domain.authorship import Author
from assistant.domain.conversation import Message
from assistant.domain.interview import Heard, Setting, Turn

Turned = Generator[str, None, Author]
"""Words, piece by piece, and who worded them."""


class SeriousMatter(Exception):
    """The last message tells of harassment, violence, self-harm or a crime, as whoever was to answer it takes it."""


class Interviewer(Protocol):
    """Understands one message and words one turn; what comes next is decided by ``assistant.interview``."""

    def hear(self, text: str, setting: Setting) -> Heard:
        """What one message of the author holds."""
        ...

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Turned:
        """The assistant's words for a turn, piece by piece; at the end it returns who worded it.

        Raises SeriousMatter before the first piece, and only where the setting lets it.
        """
        ...


def gathered(words: Turned) -> tuple[str, Author]:
    """A whole turn, and who worded it."""
    pieces: list[str] = []
    while True:
        try:
            pieces.append(next(words))
        except StopIteration as end:
            by: Author = end.value
            return "".join(pieces), by
