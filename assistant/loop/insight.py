"""A leader's overview: the teams of a unit in one round, and how they have gone from round to round."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, managers_in_view
from assistant.domain.errors import Refused, Unknown
from assistant.domain.insight import Insight
from assistant.domain.organisation import Organisation
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.report import Report
from assistant.domain.roll_up import RollUp
from assistant.domain.rounds import Round
from assistant.insight.course import MOST_ROUNDS
from assistant.insight.line import Place, walked
from assistant.insight.page import insight
from assistant.loop.reader_log import look, refusals_noted
from assistant.loop.roll_ups import read_roll_up
from assistant.ports.store import Store, Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a leader wants to see: a round by its key, the latest without; a unit by its leader, all without."""

    round_key: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class InsightView:
    """What is seen, and what else could be: keys of ``rounds``, the latest first, and the ``units`` of the leader.

    ``above`` are those between the leader and the unit, from the top. ``names`` are display names by e-mail.
    """

    insight: Insight
    acting_for: str
    rounds: tuple[str, ...]
    units: tuple[Place, ...]
    above: tuple[str, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What was found out before any report is read."""

    round: Round
    rounds: tuple[Round, ...]
    leader: str
    unit: str
    organisation: Organisation
    all_places: tuple[Place, ...]
    places: tuple[Place, ...]

    @property
    def managers(self) -> frozenset[str]:
        return frozenset(place.manager for place in self.places)


def read_insight(
    store: Store, viewer: Viewer, acting_for: str, wanted: Wanted, now: datetime, looked: Looked = Looked.OVERVIEW
) -> InsightView:
    """What the leader ``acting_for`` (an e-mail) sees of a unit in a round; each look is noted in the reader log.

    Raises Unknown where there is no such round or person, or no report yet, and Refused where it is not the viewer's.
    """
    with store.work() as work:
        rounds = _with_reports(work)
        round_ = _chosen(work, wanted.round_key, rounds)
    with refusals_noted(store, viewer, looked, round_.key, (), now), store.work() as work:
        ground = _ground(work, viewer, acting_for, round_, rounds, wanted.unit)
        reports = work.reports.below(ground.leader, round_.key, viewer, among=ground.managers)
        _note(work, viewer, looked, round_.key, reports, now)
        shared = work.reports.shared(round_.key, ground.managers)
        earlier = _earlier(work, viewer, looked, ground, now)
    together = _roll_up(store, viewer, ground, now)
    return InsightView(
        insight(round_, ground.unit, ground.places, reports, earlier, shared, together),
        ground.leader,
        tuple(one.key for one in ground.rounds),
        tuple(place for place in ground.all_places if place.below),
        _line_between(ground),
        {email: who.name for email, who in ground.organisation.people.items()},
    )


def _with_reports(work: Work) -> tuple[Round, ...]:
    """The closed rounds that have been analysed, the latest first."""
    return tuple(one for one in work.rounds.all() if not one.is_open and work.reports.are_made(one.key))


def _chosen(work: Work, key: str | None, rounds: tuple[Round, ...]) -> Round:
    if key is not None:
        return work.rounds.get(key)
    if not rounds:
        raise Unknown("There are no reports to look at yet. They are there once a round is closed and analysed.")
    return rounds[0]


def _ground(
    work: Work, viewer: Viewer, acting_for: str, round_: Round, rounds: tuple[Round, ...], unit: str | None
) -> _Ground:
    organisation = work.people.organisation()
    granted = frozenset(managers_in_view(viewer, organisation, round_, acting_for))
    leader = organisation.person(acting_for).email
    top = leader if unit is None else organisation.person(unit).email
    if top != leader and top not in granted:
        raise Refused(f"{top} leads no team below {leader}, so there is nothing of theirs to see here.")
    if not work.reports.are_made(round_.key):
        raise Unknown(f"There are no reports for round {round_.key} yet. Analyse the round first.")
    every = walked(organisation, leader, granted)
    return _Ground(round_, rounds, leader, top, organisation, every, walked(organisation, top, granted))


def _before(ground: _Ground) -> tuple[Round, ...]:
    """The rounds that were opened before the one that is looked at, the oldest first, as many as are drawn."""
    earlier = [one for one in ground.rounds if one.opened_at < ground.round.opened_at]
    return tuple(reversed(earlier[: MOST_ROUNDS - 1]))


def _earlier(
    work: Work, viewer: Viewer, looked: Looked, ground: _Ground, now: datetime
) -> list[tuple[str, list[Report]]]:
    """The figures of the rounds before, the oldest first."""
    keys = [one.key for one in _before(ground)]
    found: dict[str, list[Report]] = {key: [] for key in keys}
    for one in work.reports.figures_below(ground.leader, keys, viewer, ground.managers) if keys else ():
        found[one.round_key].append(one)
    for key, figures in found.items():
        _note(work, viewer, looked, key, figures, now)
    return list(found.items())


def _note(
    work: Work,
    viewer: Viewer,
    looked: Looked,
    round_key: str,
    reports: Collection[Report],
    now: datetime,
) -> None:
    for outcome, is_suppressed in ((Outcome.SHOWN, False), (Outcome.SUPPRESSED, True)):
        about = tuple(report.manager for report in reports if report.suppressed is is_suppressed)
        if about:
            work.reader_log.note(look(work, viewer, looked, round_key, about, now, outcome))


def _roll_up(store: Store, viewer: Viewer, ground: _Ground, now: datetime) -> RollUp | None:
    """What all teams below the leader of the unit say together; nothing where nobody below them led a team."""
    if ground.round.is_open:
        return None
    try:
        return read_roll_up(store, viewer, ground.unit, ground.round.key, now)
    except Unknown:
        return None


def _line_between(ground: _Ground) -> tuple[str, ...]:
    """Who stands between the leader and the unit, the leader first; nobody where all is seen."""
    if ground.unit == ground.leader:
        return ()
    above = list(ground.organisation.line_above(ground.unit))
    return tuple(reversed(above[: above.index(ground.leader) + 1]))
