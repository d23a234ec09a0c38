"""The picture of a report: for each fundamental, the manager's view beside the team's, one block a topic."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.report import Report
from assistant.domain.words import FindingKind, Fundamental, Stance

_VALUED = {FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}
_MISSED = {FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN}


@dataclass(frozen=True, slots=True)
class View:
    """How many topics one side sees as value, as a gap, and as neither one nor the other."""

    value: int
    gap: int
    split: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One fundamental as both sides see it."""

    fundamental: Fundamental
    yours: View
    teams: View

    @property
    def in_words(self) -> str:
        """The row for those who do not see it."""
        split = f", is divided on {self.teams.split}" if self.teams.split else ""
        return (
            f"{self.fundamental.title}. Your view: {self.yours.value} brought, {self.yours.gap} named as a gap. "
            f"Your team’s view: {self.teams.value} valued, {self.teams.gap} missed or hurtful{split}."
        )


def rows(report: Report) -> tuple[Row, ...]:
    """One row for each of the four fundamentals."""
    return tuple(Row(name, _yours(report, name), _teams(report, name)) for name in Fundamental)


def _yours(report: Report, name: Fundamental) -> View:
    claims = [claim for claim in report.claims if claim.fundamental is name]
    done = {claim.behaviour for claim in claims if claim.stance is Stance.DOES}
    return View(len(done), len({claim.behaviour for claim in claims} - done))


def _teams(report: Report, name: Fundamental) -> View:
    kinds = [finding.kind for finding in report.findings if finding.fundamental is name]
    return View(
        sum(kind in _VALUED for kind in kinds),
        sum(kind in _MISSED for kind in kinds),
        sum(kind is FindingKind.SPLIT_VIEW for kind in kinds),
    )
