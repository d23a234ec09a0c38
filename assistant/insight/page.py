"""The whole page, from the reports that a leader may see."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.domain.insight import Insight, Participation, Standing, TeamRow
from assistant.domain.report import Report
from assistant.domain.roll_up import RollUp
from assistant.domain.rounds import Round
from assistant.insight.consistency import consistency
from assistant.insight.course import course
from assistant.insight.levels import backing, trust_across
from assistant.insight.line import Place, seen_at_once
from assistant.insight.topics import most_missed, most_valued, topics


def insight(
    round_: Round,
    unit: str,
    places: Sequence[Place],
    reports: Collection[Report],
    earlier: Sequence[tuple[str, Sequence[Report]]],
    shared: Collection[str] = (),
    roll_up: RollUp | None = None,
) -> Insight:
    """What the ``places`` of a unit (its leader's e-mail) show in a round.

    ``reports`` are those of the round, ``earlier`` the figures of rounds before it, the oldest first. Managers in
    ``shared`` have opened their report of the round to those above.
    """
    shown = sorted((report for report in reports if not report.suppressed), key=lambda report: report.manager)
    by_manager = {report.manager: report for report in reports}
    found = topics(shown)
    return Insight(
        round_key=round_.key,
        closed_at=round_.closed_at,
        floor=round_.floor,
        unit=unit,
        participation=Participation(
            teams=len(places),
            shown=len(shown),
            suppressed=len(reports) - len(shown),
            respondents=sum(report.respondents or 0 for report in shown),
            invited=sum(report.invited for report in shown),
        ),
        together=backing(shown),
        teams=tuple(_row(place, by_manager, shared) for place in seen_at_once(places)),
        missed=most_missed(found),
        valued=most_valued(found),
        consistency=consistency(shown),
        trust=trust_across(shown),
        course=course([*earlier, (round_.key, shown)]),
        roll_up=roll_up,
    )


def _row(place: Place, reports: Mapping[str, Report], shared: Collection[str]) -> TeamRow:
    report = reports.get(place.manager)
    if report is None or report.suppressed:
        standing = Standing.NO_REPORT if report is None else Standing.SUPPRESSED
        return TeamRow(place.manager, place.depth, standing, 0, None, (), None, place.below, place.left_out)
    return TeamRow(
        place.manager,
        place.depth,
        Standing.SHOWN,
        report.invited,
        report.respondents,
        backing((report,)),
        report.climate.level,
        place.below,
        place.left_out,
        place.manager in shared,
    )
