"""Doing jobs: what each kind of them is, in one place for the app, the commands and the workers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, may_run_rounds
from assistant.domain.errors import Busy, Refused, Unknown
from assistant.domain.jobs import Job, JobKind, JobsNow
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import Report
from assistant.loop.analysis import analyse, announce_reports, managers_asked
from assistant.loop.announcing import Announcer
from assistant.loop.index import follow
from assistant.loop.sending import Dispatched, Post, send_due
from assistant.loop.upkeep import NOTHING_DUE, Upkeep, keep_up
from assistant.ports.engine import Engine
from assistant.ports.index import Index
from assistant.ports.jobs import Jobs
from assistant.ports.store import Store


@dataclass(frozen=True)
class Means:
    """What jobs are done with; what is a function makes something that takes a while, and is called where needed.

    ``index`` gives the vector index until a block ends, and raises Busy where another process owns it; ``post`` gives
    what sends, or None where nothing is sent.
    """

    store: Store
    engine: Callable[[], Engine]
    knowledge: Callable[[], Knowledge]
    index: Callable[[], AbstractContextManager[Index]]
    announcer: Announcer
    post: Callable[[], Post | None]
    now: Callable[[], datetime]
    retention_days: int


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: what is to be done ``after`` it, and what its kind has to tell whoever waits for it.

    ``report`` is the one that stands after an analysis; ``sent`` is None where nothing is ever sent.
    """

    after: tuple[Job, ...] = ()
    report: Report | None = None
    upkeep: Upkeep = NOTHING_DUE
    sent: Dispatched | None = None


Enough = Callable[[], bool]


def perform(job: Job, means: Means, enough: Enough = lambda: False) -> Done:
    """Do a job. Doing it twice does no harm.

    One that can be broken off between two steps is, as soon as it is ``enough``; the rest waits for the next such job.
    One that has lost its object, such as a manager who was erased, is done. Raises as the functions of its kind do.
    """
    try:
        return _perform(job, means, enough)
    except Unknown:
        if _has_lost_its_object(job, means.store):
            return Done()
        raise


def _has_lost_its_object(job: Job, store: Store) -> bool:
    """Whether the round, or the manager in it, is not there any more."""
    try:
        if job.round_key:
            managers_asked(store, job.round_key, job.manager or None)
    except Unknown:
        return True
    return False


def _perform(job: Job, means: Means, enough: Enough) -> Done:
    match job.kind:
        case JobKind.UPKEEP:
            return Done(upkeep=keep_up(means.store, means.now(), means.retention_days, means.announcer))
        case JobKind.SENDING:
            return Done(sent=_send(means, enough))
        case JobKind.ANALYSIS:
            return _analyse(job, means)
        case JobKind.INDEX:
            _follow(means, enough)
        case JobKind.PUBLICATION:
            announce_reports(means.store, job.round_key, means.announcer)
    return Done()


def _analyse(job: Job, means: Means) -> Done:
    engine, knowledge, key = means.engine(), means.knowledge(), job.round_key
    (report,) = analyse(means.store, engine, knowledge, key, job.manager, announcer=means.announcer)
    return Done((Job(JobKind.INDEX), Job(JobKind.PUBLICATION, key)), report)


def analyses(store: Store, key: str, manager: str | None = None) -> tuple[Job, ...]:
    """The jobs that make all reports of a round, or one manager's. Raises Unknown and Refused like an analysis."""
    return tuple(Job(JobKind.ANALYSIS, key, email) for email in managers_asked(store, key, manager))


def look_at_jobs(store: Store, jobs: Jobs, viewer: Viewer) -> JobsNow:
    """How jobs stand. Raises Refused where the viewer does not run rounds."""
    _require_runs_rounds(store, viewer)
    return jobs.now()


def try_again(store: Store, jobs: Jobs, viewer: Viewer) -> int:
    """Have what was given up tried again; how many jobs it is. Raises Refused like :func:`look_at_jobs`."""
    _require_runs_rounds(store, viewer)
    return jobs.try_again()


def _send(means: Means, enough: Enough) -> Dispatched | None:
    post = means.post()
    return None if post is None else send_due(means.store, post, enough)


def _follow(means: Means, enough: Enough) -> None:
    """Bring the index up to date, unless the running app owns it, which does so by itself."""
    try:
        with means.index() as index:
            follow(means.store, index, means.engine(), enough=enough)
    except Busy:
        return


def _require_runs_rounds(store: Store, viewer: Viewer) -> None:
    with store.work() as work:
        if not may_run_rounds(viewer, work.people.organisation()):
            raise Refused("What is done in the background is for people with the role admin.")
