"""What is due by the clock: rounds open and close, and what was said in them goes when it was kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.attempts import WITHIN
from assistant.loop.announcing import SILENT, Announcer
from assistant.loop.planning import open_planned
from assistant.loop.rounds import close_overdue
from assistant.ports.store import Store


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many conversations of a round were deleted."""

    round_key: str
    conversations: int


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done: rounds that were closed and opened (keys), and what was deleted.

    ``commitments`` is of how many the words are gone.
    """

    closed: tuple[str, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    opened: tuple[str, ...] = ()
    commitments: int = 0


NOTHING_DUE = Upkeep()


def keep_up(store: Store, now: datetime, retention_days: int, announcer: Announcer = SILENT) -> Upkeep:
    """Do what is due; doing it again does nothing."""
    closed = close_overdue(store, now)
    deleted = delete_due_words(store, now, retention_days)
    with store.work() as work:
        work.sign_in.forget_old_attempts(now - WITHIN)
        commitments = work.commitments.delete_due_words(now, retention_days)
    return Upkeep(closed, deleted, open_planned(store, now, announcer), commitments)


def delete_due_words(store: Store, now: datetime, retention_days: int) -> tuple[Deleted, ...]:
    """Delete what was said in rounds that closed so many days ago, with the keys to it, in one transaction.

    Reports stay without the words of their managers, and so do findings. What was deleted can then be read in no old
    copy of the database either.
    """
    with store.work() as work:
        due = [round_.key for round_ in work.rounds.all() if round_.words_are_due(now, retention_days)]
        deleted = []
        for key in due:
            deleted.append(Deleted(key, work.conversations.delete_round(key)))
            work.reports.drop_words(key)
            work.keys.destroy_round(key)
            work.rounds.note_words_deleted(key, now)
    return tuple(deleted)
