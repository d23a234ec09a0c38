"""What is right, worked out from the made-up reports alone and by none of the product's rules for answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from made_up_rounds import ADA, ROUNDS, World

from assistant.domain.inquiry import Answer, Change, Comparison, Measure, Query
from assistant.domain.report import Finding, Report
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental

GAPS = {FindingKind.BLIND_SPOT, FindingKind.SHARED_CONCERN, FindingKind.SPLIT_VIEW}
STRENGTHS = {FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH}
Pair = tuple[int, int]


@dataclass(frozen=True)
class Right:
    """The numbers of a right answer: counts of totals in order, and what its first sentence has to cite, if anything.

    ``pairs`` is None where nothing may be shown, and empty where there is nothing to count. Where they do not stand for
    the ``whole`` answer, more figures may follow.
    """

    pairs: tuple[Pair, ...] | None
    cites: frozenset[str] | None = None
    whole: bool = True


def is_right(answer: Answer, right: Right) -> bool:
    """Whether an answer has the right numbers, and rests on exactly the right findings."""
    if right.pairs is None:
        return answer.refused is not None and not (answer.figures or answer.findings)
    if answer.refused is not None:
        return False
    given = tuple((figure.count, figure.total) for figure in answer.figures)
    given = given if right.whole else given[: len(right.pairs)]
    cited = frozenset(answer.sentences[0].rests_on)
    return given == right.pairs and (right.cites is None or cited == right.cites)


def right_answer(query: Query, world: World) -> Right:
    """The numbers that belong to a query of Ada's."""
    return _Reader(query, world).answer()


class _Reader:
    """Goes through the reports as somebody with a list of them would."""

    def __init__(self, query: Query, world: World) -> None:
        self._query, self._world = query, world
        self._above = {person.email: person.manager_email for person in world.people}
        self._now = query.rounds[-1] if query.rounds else ROUNDS[-1]

    def answer(self) -> Right:
        query = self._query
        if query.measure is Measure.UNCLEAR:
            return Right(())
        if not self._shown(self._now, self._all_below()):
            return Right(None)
        if query.comparison is Comparison.ROUNDS:
            return self._rounds()
        if query.comparison is not Comparison.NONE:
            return self._groups()
        return self._single()

    def _single(self) -> Right:
        shown = self._shown(self._now, self._meant(self._query.managers))
        if not shown:
            return Right(None)
        measure = self._query.measure
        if measure is Measure.FINDINGS:
            return self._findings(shown)
        if measure is Measure.CLIMATE:
            levels = Counter(report.climate.level for report in shown)
            return Right(tuple((levels[level], len(shown)) for level in ClimateLevel if levels[level]))
        if measure is Measure.ALIGNMENT:
            names = self._query.fundamentals or tuple(Fundamental)
            return Right(tuple(_backed(shown, {name}) for name in names))
        if measure is Measure.PARTICIPATION:
            return Right((_answered(shown),))
        return Right(()) if measure is Measure.RANKING else self._suggestions(shown)

    def _findings(self, shown: Sequence[Report]) -> Right:
        found = [(report, finding) for report in shown for finding in report.findings if self._fits(finding)]
        if not found:
            return Right((), frozenset())
        where = {report.manager for report, _ in found}
        cites = frozenset(f"{report.manager}/{finding.id}" for report, finding in found)
        return Right(((len(where), len(shown)),), cites, whole=False)

    def _suggestions(self, shown: Sequence[Report]) -> Right:
        titles = Counter(
            title
            for report in shown
            for title in {
                made.title
                for made in report.suggestions
                for finding in report.findings
                if finding.id in made.findings and finding.kind in GAPS and self._fits(finding)
            }
        )
        return Right(tuple((count, len(shown)) for _, count in titles.most_common(3)))

    def _groups(self) -> Right:
        named = [self._meant((manager,)) for manager in self._query.managers]
        if self._query.comparison is Comparison.REST:
            together = {manager for group in named for manager in group}
            named = [together, self._all_below() - together]
        groups = [self._shown(self._now, group) for group in named]
        return Right(tuple(map(self._pair, groups)) if all(groups) else None)

    def _rounds(self) -> Right:
        each = [self._shown(key, self._meant(self._query.managers)) for key in self._query.rounds]
        same = set.intersection(*({report.manager for report in shown} for shown in each))
        if len(each) < 2 or not same:
            return Right(None)
        rounds = [[report for report in shown if report.manager in same] for shown in each]
        pairs = tuple(map(self._pair, rounds))
        return Right((*self._moved(rounds), *pairs) if self._query.measure is Measure.FINDINGS else pairs)

    def _moved(self, rounds: Sequence[Sequence[Report]]) -> list[Pair]:
        before, after = (self._stands(shown) for shown in (rounds[0], rounds[-1]))
        fitting = {
            (report.manager, finding.behaviour)
            for shown in (rounds[0], rounds[-1])
            for report in shown
            for finding in report.findings
            if self._fits(finding)
        }
        worse = {place[0] for place in fitting if after.get(place, 0) < before.get(place, 0)}
        better = {place[0] for place in fitting if after.get(place, 0) > before.get(place, 0)}
        total, change = len(rounds[-1]), self._query.change
        told = [(worse, Change.WORSE), (better, Change.BETTER)]
        return [(len(teams), total) for teams, which in told if change in {Change.ANY, which}]

    def _stands(self, shown: Iterable[Report]) -> dict[tuple[str, str], int]:
        value = dict.fromkeys(GAPS, -1) | dict.fromkeys(STRENGTHS, 1)
        return {(r.manager, f.behaviour): value.get(f.kind, 0) for r in shown for f in r.findings}

    def _pair(self, shown: Sequence[Report]) -> Pair:
        measure = self._query.measure
        if measure is Measure.ALIGNMENT:
            return _backed(shown, set(self._query.fundamentals or Fundamental))
        if measure is Measure.PARTICIPATION:
            return _answered(shown)
        if measure is Measure.CLIMATE:
            return sum(report.climate.score is not None for report in shown), len(shown)
        return sum(any(map(self._fits, report.findings)) for report in shown), len(shown)

    def _fits(self, finding: Finding) -> bool:
        query = self._query
        return (
            finding.kind in (query.kinds or FindingKind)
            and (not query.behaviours or finding.behaviour in query.behaviours)
            and (not query.fundamentals or finding.fundamental in query.fundamentals)
        )

    def _all_below(self) -> set[str]:
        managers = {manager for _, manager in self._world.reports}
        return {manager for manager in managers if ADA in self._line(manager)}

    def _meant(self, named: Sequence[str]) -> set[str]:
        if not named:
            return self._all_below()
        below = {m for m in self._all_below() if self._query.with_below and set(named) & set(self._line(m))}
        return (set(named) | below) & self._all_below()

    def _line(self, manager: str) -> list[str]:
        line, here = [], self._above[manager]
        while here:
            line.append(here)
            here = self._above[here]
        return line

    def _shown(self, key: str, managers: set[str]) -> list[Report]:
        reports: Mapping[tuple[str, str], Report] = self._world.reports
        return [reports[key, manager] for manager in sorted(managers) if not reports[key, manager].suppressed]


def _backed(shown: Sequence[Report], names: set[Fundamental]) -> Pair:
    rows = [row for report in shown for row in report.fundamentals if row.name in names]
    return sum(row.confirmed for row in rows), sum(row.claims - row.unseen for row in rows)


def _answered(shown: Sequence[Report]) -> Pair:
    return sum(report.respondents or 0 for report in shown), sum(report.invited for report in shown)
