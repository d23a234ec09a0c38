"""What an answer may rest on: the reports that can be shown, and which of their findings fit the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain.indexing import Hit
from assistant.domain.inquiry import CitedFinding, Measure, Order, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation
from assistant.domain.report import Finding, Report
from assistant.domain.rounds import Round
from assistant.inquiry.mentions import led_team
from assistant.inquiry.said import Found, cited_id

MOST_CITED = 8
NEAR_ENOUGH = 0.3
NEAR_THE_BEST = 0.2


@dataclass(frozen=True, slots=True)
class RoundReports:
    """A round, the managers of it whom the viewer may ask about (e-mails), and their reports."""

    round: Round
    granted: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True)
class Scope:
    """A question with all that may answer it in one round. ``asked_for`` are the managers granted and meant, by e-mail.

    ``shown`` are their reports above the floor, ``below`` counts those beneath it, ``without`` those with no report.
    """

    query: Query
    question: str
    round: Round
    organisation: Organisation
    behaviours: Mapping[str, Behaviour]
    near: tuple[Hit, ...]
    asked_for: tuple[str, ...]
    shown: tuple[Report, ...]
    below: int
    without: int

    def fitting(self) -> tuple[tuple[Report, Finding], ...]:
        """The findings the question is about, each with its report, in the order the query asks for."""
        close = self._near_ids() if self.near and needs_search(self.query) else None
        found = [
            (report, finding)
            for report, finding in self.all_findings()
            if self.fits(finding) and (close is None or cited_id(report, finding, report.round_key) in close)
        ]
        return ordered(found, self.query.order)

    def within(self, managers: Collection[str]) -> Scope:
        """The same question over some of the managers only."""
        return replace(
            self,
            asked_for=tuple(m for m in self.asked_for if m in managers),
            shown=tuple(r for r in self.shown if r.manager in managers),
        )

    def all_findings(self) -> Iterator[tuple[Report, Finding]]:
        """Every finding that can be shown, with its report."""
        for report in self.shown:
            for finding in report.findings:
                yield report, finding

    def fits(self, finding: Finding) -> bool:
        """Whether a finding is of the kinds, behaviours and fundamentals that the query names."""
        query = self.query
        return (
            (not query.kinds or finding.kind in query.kinds)
            and (not query.behaviours or finding.behaviour in query.behaviours)
            and (not query.fundamentals or finding.fundamental in query.fundamentals)
        )

    def doing(self, behaviour: str) -> str:
        """A behaviour in words."""
        known = self.behaviours.get(behaviour)
        return known.doing if known else behaviour.replace("_", " ")

    def team(self, manager: str) -> str:
        """A team in words: its name with its manager's, or the manager's alone."""
        person = self.organisation.people.get(manager)
        name = person.name if person else manager
        led = led_team(self.organisation, manager)
        return f"{led} ({name})" if led else f"{name}'s team"

    def _near_ids(self) -> frozenset[str]:
        """The findings near enough in meaning; ids in the index end with manager, slash, finding."""
        best = max(hit.similarity for hit in self.near)
        least = max(NEAR_ENOUGH, best - NEAR_THE_BEST)
        return frozenset("/".join(hit.id.rsplit("/", 2)[-2:]) for hit in self.near if hit.similarity >= least)


def needs_search(query: Query) -> bool:
    """Whether a query for findings names no kind, behaviour or fundamental, so that nearness in meaning decides."""
    return query.measure is Measure.FINDINGS and not (query.kinds or query.behaviours or query.fundamentals)


def scope(
    query: Query,
    question: str,
    held: RoundReports,
    organisation: Organisation,
    behaviours: Mapping[str, Behaviour],
    near: Sequence[Hit],
) -> Scope:
    """Cut everything down to the managers that are granted and, where the query names some, meant."""
    meant = meant_by(query, organisation, held.granted)
    asked_for = frozenset(meant)
    mine = sorted((r for r in held.reports if r.manager in asked_for), key=lambda r: r.manager)
    return Scope(
        query=query,
        question=question,
        round=held.round,
        organisation=organisation,
        behaviours=behaviours,
        near=tuple(near),
        asked_for=meant,
        shown=tuple(r for r in mine if not r.suppressed),
        below=sum(r.suppressed for r in mine),
        without=len(meant) - len(mine),
    )


def meant_by(query: Query, organisation: Organisation, granted: Sequence[str]) -> tuple[str, ...]:
    """Which of the granted managers a query is about: all where it names nobody."""
    if not query.managers:
        return tuple(granted)
    led = led_by(query, organisation, granted, query.managers)
    return tuple(manager for manager in granted if manager in led)


def led_by(query: Query, organisation: Organisation, granted: Sequence[str], heads: Collection[str]) -> frozenset[str]:
    """Those of ``heads`` who are granted, with the granted managers below them where the query takes those in."""
    below = (m for m in granted if query.with_below and not set(heads).isdisjoint(organisation.line_above(m)))
    return frozenset(heads).intersection(granted) | frozenset(below)


def by_evidence(found: Found) -> tuple[tuple[Report, Finding], ...]:
    """Most respondents first, then the surest; ties by manager and id."""
    return tuple(sorted(found, key=lambda f: (-(f[1].respondents or 0), -f[1].confidence, f[0].manager, f[1].id)))


def ordered(found: Found, order: Order) -> tuple[tuple[Report, Finding], ...]:
    """Findings in an order; what is equal in it, by evidence."""
    by_it = by_evidence(found)
    if order is Order.SURENESS:
        return tuple(sorted(by_it, key=lambda f: -f[1].confidence))
    if order is Order.SPREAD:
        common = Counter(finding.behaviour for _, finding in by_it)
        return tuple(sorted(by_it, key=lambda f: (-common[f[1].behaviour], f[1].behaviour)))
    return by_it


def cited(found: Found, now: str) -> tuple[CitedFinding, ...]:
    """The first findings, at most :data:`MOST_CITED`, as an answer of the round ``now`` (key) cites them."""
    return tuple(
        CitedFinding(
            id=cited_id(report, finding, now),
            manager=report.manager,
            kind=finding.kind,
            fundamental=finding.fundamental,
            text=finding.text,
            respondents=finding.respondents,
            confidence=finding.confidence,
        )
        for report, finding in found[:MOST_CITED]
    )
