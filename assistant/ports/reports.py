"""Where reports are kept."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.report import Report


class Reports(Protocol):
    """The latest report of each manager and round."""

    def save(self, report: Report) -> None:
        """Put this report in place of an earlier one of the same manager and round."""
        ...

    def get(self, manager: str, round_key: str, viewer: Viewer) -> Report | None:
        """The report; None where there is none. Raises Refused where the viewer may not see it."""
        ...

    def for_question(self, round_key: str, managers: tuple[str, ...]) -> tuple[Report, ...]:
        """Reports that ``access.managers_in_view`` has granted, without claims' words, by manager."""
        ...

    def drop_words(self, round_key: str) -> None:
        """Take the managers' own words out of the reports of a round; the rest of each stays."""
        ...

    def remove(self, manager: str) -> None:
        """Delete all reports of a manager."""
        ...
