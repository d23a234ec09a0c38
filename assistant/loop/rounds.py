"""The life of a round."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.access import Viewer
from assistant.domain.errors import BadInput, Unknown
from assistant.domain.rounds import DEFAULT_FLOOR, Round, RoundStatus, check_floor, check_key
from assistant.loop.announcing import SILENT, Announcer
from assistant.loop.organisation import memberships
from assistant.ports.store import Store, Work


def open_round(
    store: Store,
    key: str,
    now: datetime,
    floor: int = DEFAULT_FLOOR,
    closes_at: datetime | None = None,
    announcer: Announcer = SILENT,
) -> Round:
    """Open a round over the reporting line as it stands; raises BadInput for a bad key, floor, date or a taken key.

    What the ``announcer`` has to tell of it is kept in the same transaction, and sent afterwards.
    """
    if closes_at is not None and closes_at <= now:
        raise BadInput("A round closes in the future.")
    round_ = Round(check_key(key), check_floor(floor), now, closes_at)
    with store.work() as work:
        begin_round(work, round_, announcer)
    return round_


def begin_round(work: Work, round_: Round, announcer: Announcer) -> None:
    """Open a round within a transaction; raises BadInput where its key is taken."""
    work.rounds.add(round_)
    work.rounds.set_members(round_.key, memberships(round_.key, work.people.organisation()))
    announcer.round_opened(work, round_)


def close_round(store: Store, key: str, now: datetime) -> Round:
    """Close a round; closing a closed one changes nothing. Raises Unknown."""
    with store.work() as work:
        return _close(work, key, now)


def _close(work: Work, key: str, now: datetime) -> Round:
    """Close a round within a transaction. Nobody is reminded any more, and who was is forgotten."""
    work.rounds.close(key, now)
    work.outbox.end_reminders(key, now)
    return work.rounds.get(key)


def round_status(store: Store, key: str, viewer: Viewer) -> RoundStatus:
    """A round in counts only. Raises Unknown, and Refused where the viewer does not run rounds."""
    with store.work() as work:
        return work.rounds.status(key, viewer)


def round_statuses(store: Store, viewer: Viewer) -> tuple[RoundStatus, ...]:
    """All rounds in counts only, the one opened last first. Raises Refused where the viewer does not run rounds."""
    with store.work() as work:
        return tuple(work.rounds.status(round_.key, viewer) for round_ in work.rounds.all())


def close_overdue(store: Store, now: datetime) -> tuple[str, ...]:
    """Close every open round whose time is over; the keys of those."""
    with store.work() as work:
        overdue = [r.key for r in work.rounds.all() if r.is_open and r.closes_at is not None and r.closes_at <= now]
        for key in overdue:
            _close(work, key, now)
    return tuple(overdue)


def current_round(work: Work) -> Round | None:
    """The open round that was opened last."""
    return next((round_ for round_ in work.rounds.all() if round_.is_open), None)


def latest_closed(work: Work) -> Round:
    """The closed round that was opened last; raises Unknown where there is none."""
    for round_ in work.rounds.all():
        if not round_.is_open:
            return round_
    raise Unknown("No round has been closed yet.")
