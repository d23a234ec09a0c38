"""Who put something into words: an engine, and with which prompt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """``engine`` is its name, ``prompt`` name, version and fingerprint; None where no prompt was needed."""

    engine: str
    prompt: str | None = None

    @classmethod
    def told(cls, line: str) -> Author:
        """The author that :meth:`__str__` tells in one line."""
        engine, _, prompt = line.partition(" ")
        return cls(engine, prompt or None)

    def __str__(self) -> str:
        """Both in one line, as it is kept beside a message."""
        return f"{self.engine} {self.prompt}" if self.prompt else self.engine


@dataclass(frozen=True, slots=True)
class Written:
    """Words, and who wrote them."""

    text: str
    by: Author
