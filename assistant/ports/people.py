"""Where people and the reporting line are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.organisation import Organisation, Person


class People(Protocol):
    """Everybody, by e-mail."""

    def organisation(self) -> Organisation:
        """Everybody as of now."""
        ...

    def find(self, email: str) -> Person | None:
        """The person with this e-mail (lower case), if there is one."""
        ...

    def among(self, emails: Iterable[str]) -> Organisation:
        """Those of these people who are there, and nobody else."""
        ...

    def save(self, people: Iterable[Person]) -> None:
        """Add or change these people; their managers exist or are among them."""
        ...

    def remove(self, email: str) -> None:
        """Take a person out; who reported to them then reports to nobody."""
        ...
