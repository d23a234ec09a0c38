"""What an answer says before it is put together: sentences, the findings behind them, and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain.inquiry import Figure, Sentence, Shows
from assistant.domain.report import Finding, Report

Found = Sequence[tuple[Report, Finding]]


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences in order, findings with the one to be cited first, and figures as they are drawn."""

    sentences: tuple[Sentence, ...]
    found: Found = ()
    figures: tuple[Figure, ...] = ()


def plain(*texts: str) -> tuple[Sentence, ...]:
    """Sentences that claim nothing about any team's findings."""
    return tuple(Sentence(text) for text in texts)


def resting_on(text: str, found: Found, now: str) -> Sentence:
    """A sentence that says what these findings show, in an answer of the round ``now`` (key)."""
    shows = []
    for round_key in dict.fromkeys(report.round_key for report, _ in found):
        of_it = [(report, finding) for report, finding in found if report.round_key == round_key]
        shows.append(
            Shows(
                tuple(dict.fromkeys(report.manager for report, _ in of_it)),
                frozenset(finding.kind for _, finding in of_it),
                frozenset(finding.behaviour for _, finding in of_it),
                round_key,
            )
        )
    return Sentence(text, tuple(cited_id(report, finding, now) for report, finding in found), tuple(shows))


def cited_id(report: Report, finding: Finding, now: str) -> str:
    """The id by which an answer of the round ``now`` (key) cites a finding."""
    within = f"{report.manager}/{finding.id}"
    return within if report.round_key == now else f"{report.round_key}/{within}"
