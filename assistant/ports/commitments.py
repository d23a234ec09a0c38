"""Where it is kept what managers have taken on."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.commitments import Commitment


class Commitments(Protocol):
    """Commitments by id, each with words that only its manager reads; the analysis is given them without words."""

    def save(self, commitment: Commitment, viewer: Viewer) -> None:
        """Keep it, in place of how it was before; raises Refused where it is not the viewer's."""
        ...

    def get(self, id: str, viewer: Viewer) -> Commitment:
        """The commitment; raises Unknown, also where the viewer may not see it."""
        ...

    def of(self, manager: str, viewer: Viewer) -> tuple[Commitment, ...]:
        """All of a manager in the order in which they were taken on; raises Refused where they are not the viewer's."""
        ...

    def delete_due_words(self, now: datetime, days: int) -> int:
        """Delete what managers wrote of those that ended so many days ago, with the keys to it; how many it was.

        What each was about and how it ended stays.
        """
        ...

    def remove(self, manager: str) -> None:
        """Delete all commitments of a manager."""
        ...
