"""Where it is kept which rounds open by themselves."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.planning import PlannedRound


class Schedule(Protocol):
    """Planned rounds by key."""

    def all(self) -> tuple[PlannedRound, ...]:
        """All planned rounds, the one that opens first first."""
        ...

    def add(self, planned: PlannedRound) -> None:
        """Plan a round; raises BadInput where one is planned under this key."""
        ...

    def remove(self, key: str) -> None:
        """Plan it no more; raises Unknown."""
        ...
