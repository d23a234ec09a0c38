"""Where reports are kept."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.inquiry import ALL_EVIDENCE, Evidence
from assistant.domain.report import Report


class Reports(Protocol):
    """The latest report of each manager and round; whatever is given to anybody but the analysis counts as seen."""

    def save(self, report: Report) -> None:
        """Put this report in place of an earlier one of the same manager and round."""
        ...

    def get(self, manager: str, round_key: str, viewer: Viewer) -> Report | None:
        """The report; None where there is none. Raises Refused where the viewer may not see it.

        To a leader above, who may see it while its manager shares it, without what was said under names or taken on.
        """
        ...

    def below(
        self,
        leader: str,
        round_key: str,
        viewer: Viewer,
        evidence: Evidence = ALL_EVIDENCE,
        among: Collection[str] | None = None,
    ) -> tuple[Report, ...]:
        """The reports of the managers below a leader, by manager, each as ``report.from_above`` leaves it.

        Of the findings only those that are ``evidence`` are given, and the reports only of those ``among`` some
        (e-mails) where these are given; whatever is left out of them, the reports given count as seen. Raises Unknown
        for the round or leader, Refused where the viewer may not see them.
        """
        ...

    def figures_below(
        self, leader: str, round_keys: Collection[str], viewer: Viewer, among: Collection[str]
    ) -> tuple[Report, ...]:
        """The same reports in several rounds, without their findings; raises as :meth:`below` does.

        Thousands are read in one go.
        """
        ...

    def share(self, manager: str, round_key: str, shares: bool, viewer: Viewer) -> None:
        """Open the report to the leaders above its manager, or close it again; Refused where it is not the viewer's."""
        ...

    def shared(self, round_key: str, among: Collection[str]) -> frozenset[str]:
        """Those ``among`` some managers (e-mails) who share their report of a round."""
        ...

    def made(self, round_key: str) -> frozenset[str]:
        """The managers (e-mail) of whom there is a report of a round, also where it shows nothing."""
        ...

    def are_made(self, round_key: str) -> bool:
        """Whether there is any report of a round."""
        ...

    def withdraw_unseen(self, manager: str, round_key: str) -> None:
        """Delete the report of a manager where nobody has seen it."""
        ...

    def drop_words(self, round_key: str) -> None:
        """Take the managers' own words out of the reports of a round; the rest of each stays."""
        ...

    def forget_named(self, author: str, round_key: str | None = None) -> None:
        """Take what somebody said under their name out of all reports, or out of those of one round."""
        ...

    def remove(self, manager: str) -> None:
        """Delete all reports of a manager."""
        ...
