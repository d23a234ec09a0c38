"""Writing down who looked, and showing it: to the operator whole, to people what is about them and their team."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.domain.access import Standing, Viewer, may_read_log
from assistant.domain.errors import Refused
from assistant.domain.log_chain import Link, Verdict, verify
from assistant.domain.organisation import Organisation
from assistant.domain.reading_log import AskedFor, Capacity, LogEntry, Looked, Outcome, open_to
from assistant.domain.words import Role
from assistant.ports.store import Store, Work

LOOKS_A_PAGE = 20

_BY_ROLE = {Role.LEADER: Capacity.LEADER, Role.ADMIN: Capacity.ADMIN, Role.NONE: Capacity.PERSON}


def look(
    work: Work,
    viewer: Viewer,
    looked: Looked,
    round_key: str,
    about: tuple[str, ...],
    now: datetime,
    outcome: Outcome = Outcome.SHOWN,
    asked: AskedFor | None = None,
) -> LogEntry:
    """An entry for the log, with the capacity in which the viewer looks now."""
    capacity = capacity_of(viewer, work.people.among([viewer.email]))
    return LogEntry(now, str(viewer), looked, round_key, about, capacity, outcome, asked)


def capacity_of(viewer: Viewer, organisation: Organisation) -> Capacity:
    """As what somebody looks."""
    if viewer.standing is Standing.OPERATOR:
        return Capacity.OPERATOR
    who = organisation.people.get(viewer.email)
    return Capacity.PERSON if who is None else _BY_ROLE[who.role]


@contextmanager
def refusals_noted(
    store: Store, viewer: Viewer, looked: Looked, round_key: str, about: tuple[str, ...], now: datetime
) -> Iterator[None]:
    """Notes a look that the block refuses, in a transaction of its own: that of the block is undone."""
    try:
        yield
    except Refused:
        with store.work() as work:
            work.reader_log.note(look(work, viewer, looked, round_key, about, now, Outcome.REFUSED))
        raise


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Some looks, newest first; of each only the people whom the viewer may be told about."""

    looks: tuple[LogEntry, ...]
    has_older: bool


def who_has_looked(store: Store, viewer: Viewer, page: int) -> LooksPage:
    """Who has looked at the viewer's team or the viewer, the newest page being 1. Reading this is not noted."""
    with store.work() as work:
        sight = open_to(viewer.email, work.rounds.teams_of(viewer.email))
        found = work.reader_log.seen_by(sight, LOOKS_A_PAGE + 1, (max(page, 1) - 1) * LOOKS_A_PAGE)
    looks = tuple(replace(entry, about=sight.of(entry)) for entry in found[:LOOKS_A_PAGE])
    return LooksPage(looks, len(found) > LOOKS_A_PAGE)


def whole_log(store: Store, viewer: Viewer) -> tuple[Link, ...]:
    """All entries with their digests, oldest first. Raises Refused for anybody but the operator."""
    if not may_read_log(viewer):
        raise Refused("The whole reader log is for whoever runs the installation.")
    with store.work() as work:
        return work.reader_log.chain()


def check_log(store: Store, viewer: Viewer, noted: str | None) -> Verdict:
    """Whether the log is as it was written, and still holds the head ``noted`` earlier, where one is given."""
    return verify(whole_log(store, viewer), noted)
