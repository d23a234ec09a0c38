"""Where rounds and who was asked in them are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.rounds import Membership, Round, RoundStatus


class Rounds(Protocol):
    """Rounds by key. The floor of a stored round never changes."""

    def add(self, round_: Round) -> None:
        """Open a round; raises BadInput where the key is taken."""
        ...

    def get(self, key: str) -> Round:
        """The round; raises Unknown."""
        ...

    def all(self) -> tuple[Round, ...]:
        """All rounds, the one opened last first."""
        ...

    def close(self, key: str, at: datetime) -> None:
        """Close an open round, and keep how summaries were rated; a closed one stays as it is."""
        ...

    def note_words_deleted(self, key: str, at: datetime) -> None:
        """Remember when what was said in a round was deleted."""
        ...

    def set_members(self, key: str, members: Iterable[Membership]) -> None:
        """Put these in place of whoever was asked in the round."""
        ...

    def members(self, key: str, manager: str | None = None) -> tuple[Membership, ...]:
        """Who reports to whom in this round, or to one manager, by member."""
        ...

    def teams_of(self, member: str) -> tuple[Membership, ...]:
        """To whom somebody reported, in each round that asked them, by round."""
        ...

    def status(self, key: str, viewer: Viewer) -> RoundStatus:
        """The round in counts, coarse where they tell of feedback; conversations count once they are sent.

        Raises Unknown, and Refused where the viewer does not run rounds.
        """
        ...
