"""Rounds that open by themselves when their time has come."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.access import Viewer, may_run_rounds
from assistant.domain.errors import BadInput, Refused
from assistant.domain.planning import PlannedRound, check_plan
from assistant.domain.rounds import Round
from assistant.loop.announcing import SILENT, Announcer
from assistant.loop.rounds import begin_round
from assistant.ports.store import Store, Work


def plan_round(store: Store, viewer: Viewer, planned: PlannedRound, now: datetime) -> None:
    """Plan a round. Raises BadInput where it cannot be carried out, or its key is taken; Refused as elsewhere."""
    check_plan(planned, now)
    with store.work() as work:
        _require_runs_rounds(work, viewer)
        if any(round_.key == planned.key for round_ in work.rounds.all()):
            raise BadInput(f"There is a round {planned.key} already.")
        work.schedule.add(planned)


def unplan_round(store: Store, viewer: Viewer, key: str) -> None:
    """Plan a round, and those that would follow it, no more. Raises Unknown, and Refused as elsewhere."""
    with store.work() as work:
        _require_runs_rounds(work, viewer)
        work.schedule.remove(key)


def planned_rounds(store: Store, viewer: Viewer) -> tuple[PlannedRound, ...]:
    """All planned rounds, the one that opens first first. Raises Refused where the viewer does not run rounds."""
    with store.work() as work:
        _require_runs_rounds(work, viewer)
        return work.schedule.all()


def open_planned(store: Store, now: datetime, announcer: Announcer = SILENT) -> tuple[str, ...]:
    """Open every round whose time has come, and plan the one after it, in one transaction; the keys of those opened.

    One that would be over by now, since nothing was running meanwhile, is passed over; so is one whose key was taken by
    hand.
    """
    opened = []
    with store.work() as work:
        taken = {round_.key for round_ in work.rounds.all()}
        while (due := _first_due(work, now)) is not None:
            if due.key not in taken and not due.is_over(now):
                begin_round(work, Round(due.key, due.floor, now, due.closes_at), announcer)
                opened.append(due.key)
            work.schedule.remove(due.key)
            if (following := due.after()) is not None:
                work.schedule.add(following)
    return tuple(opened)


def _first_due(work: Work, now: datetime) -> PlannedRound | None:
    return next((planned for planned in work.schedule.all() if planned.opens_at <= now), None)


def _require_runs_rounds(work: Work, viewer: Viewer) -> None:
    if not may_run_rounds(viewer, work.people.organisation()):
        raise Refused("Rounds are planned by people with the role admin.")
