"""Whoever plays a sceptical team member while a manager rehearses the talk with the team."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from assistant.domain.role_play import RolePlay


class Sceptic(Protocol):
    """Answers the manager with one question or one doubt at a time."""

    def reply(self, play: RolePlay) -> Iterator[str]:
        """The team member's next words, piece by piece; whatever happens, they end whole and are not empty.

        Raises SeriousMatter before the first piece, where the manager's last words tell of one.
        """
        ...
