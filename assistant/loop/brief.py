"""A leader's brief over a round, from the same granted reports as an answer to a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from assistant.domain.access import Viewer
from assistant.domain.brief import Brief
from assistant.domain.inquiry import Measure, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.reading_log import Looked, Outcome
from assistant.domain.words import FindingKind
from assistant.inquiry.brief import brief
from assistant.inquiry.scope import RoundReports
from assistant.loop.questions import ground_for, reports_for
from assistant.loop.reader_log import look, refusals_noted
from assistant.ports.store import Store, Work


def read_brief(
    store: Store,
    viewer: Viewer,
    acting_for: str,
    round_key: str | None,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
) -> Brief:
    """The brief for the leader ``acting_for`` (an e-mail) over a round, or the latest that has reports.

    It is noted for each round whose reports it was made of. Raises Refused where the viewer may not ask about the
    leader's downline, Unknown where there is no such round or person, or no report yet.
    """
    with refusals_noted(store, viewer, Looked.BRIEF, round_key or "", (), now), store.work() as work:
        ground = ground_for(work, viewer, acting_for, round_key)
        rounds = ground.askable.rounds[-2:]
        held = reports_for(work, ground, Query(Measure.FINDINGS, (), (), tuple(FindingKind), rounds=rounds))
        made = brief(held, ground.organisation, behaviours)
        for one in held:
            _note(work, viewer, one, now)
    return made


def _note(work: Work, viewer: Viewer, held: RoundReports, now: datetime) -> None:
    for outcome, is_suppressed in ((Outcome.SHOWN, False), (Outcome.SUPPRESSED, True)):
        about = tuple(report.manager for report in held.reports if report.suppressed is is_suppressed)
        if about:
            work.reader_log.note(look(work, viewer, Looked.BRIEF, held.round.key, about, now, outcome))
