"""Where it is kept which versions of reports were seen, and on whose answers they rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.publishing import Version
from assistant.domain.roll_up import RollUp


class Publications(Protocol):
    """Versions of reports and the roll-ups that were shown: counts, and digests in place of who answered what."""

    def key(self, round_key: str) -> bytes:
        """The round's own key for digests of who contributed what; made when it is first asked for."""
        ...

    def put(self, version: Version) -> None:
        """This is the version of its manager's report now; one before that nobody has seen is forgotten."""
        ...

    def release(self, round_key: str, managers: Iterable[str]) -> None:
        """These managers' reports, as they are now, have been seen."""
        ...

    def seen(self, round_key: str, manager: str) -> tuple[Version, ...]:
        """The versions of a manager's report that were seen and show what rests on feedback, in order."""
        ...

    def is_seen(self, round_key: str, manager: str) -> bool:
        """Whether the version that is there now has been seen; False where there is none."""
        ...

    def forget_unseen(self, round_key: str, manager: str) -> None:
        """Forget the version of a manager's report that nobody has seen."""
        ...

    def forget(self, manager: str) -> None:
        """Forget all versions of a manager's reports."""
        ...

    def set_stays(self, round_key: str, manager: str, stays: bool) -> None:
        """Whether the latest analysis had to leave the manager's report as it was seen."""
        ...

    def staying(self, round_key: str) -> int:
        """How many reports the latest analysis of each had to leave as they were seen."""
        ...

    def current(self, round_key: str) -> tuple[Version, ...]:
        """The version of each manager's report that is there now, by manager."""
        ...

    def roll_up(self, round_key: str, leader: str) -> RollUp | None:
        """The roll-up of a leader as it was first shown; None before that, and where there is none."""
        ...

    def keep_roll_ups(self, roll_ups: Iterable[RollUp]) -> None:
        """The roll-ups of a round, as they stay."""
        ...
