"""Doing jobs: what each kind of them is, in one place for the app, the commands and the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, may_run_rounds
from assistant.domain.errors import Busy, Refused, Unknown
from assistant.domain.jobs import NO_JOBS, Job, JobKind, JobsNow
from assistant.domain.knowledge import Knowledge
from assistant.loop.analysis import analyse, announce_reports, managers_asked
from assistant.loop.announcing import Announcer
from assistant.loop.index import follow
from assistant.loop.sending import Post, send_due
from assistant.loop.upkeep import keep_up
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


Enough = Callable[[], bool]


def perform(job: Job, means: Means, enough: Enough = lambda: False) -> tuple[Job, ...]:
    """Do a job; what is to be done after it. Doing it twice does no harm.

    One that can be broken off between two steps is, as soon as it is ``enough``; the rest waits for the next such job.
    One that has lost its object, such as a manager who was erased, is done. Raises as the functions of its kind do.
    """
    try:
        return _perform(job, means, enough)
    except Unknown:
        if _has_lost_its_object(job, means.store):
            return ()
        raise


def _has_lost_its_object(job: Job, store: Store) -> bool:
    """Whether the round, or the manager in it, is not there any more."""
    try:
        if job.round_key:
            managers_asked(store, job.round_key, job.manager or None)
    except Unknown:
        return True
    return False


def _perform(job: Job, means: Means, enough: Enough) -> tuple[Job, ...]:
    match job.kind:
        case JobKind.UPKEEP:
            keep_up(means.store, means.now(), means.retention_days, means.announcer)
        case JobKind.SENDING:
            _send(means, enough)
        case JobKind.ANALYSIS:
            engine, knowledge = means.engine(), means.knowledge()
            analyse(means.store, engine, knowledge, job.round_key, job.manager, announcer=means.announcer)
            return Job(JobKind.INDEX), Job(JobKind.PUBLICATION, job.round_key)
        case JobKind.INDEX:
            _follow(means, enough)
        case JobKind.PUBLICATION:
            announce_reports(means.store, job.round_key, means.announcer)
    return ()


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


class DoneAtOnce:
    """See :class:`assistant.ports.jobs.Jobs`: each job is done by whoever puts it, and what fails fails there."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def put(self, jobs: Iterable[Job]) -> int:
        """Do these, and what is to be done after them, each once; how many they were. Raises as they do."""
        given = _in_order(jobs)
        waiting = given
        while waiting:
            waiting = _in_order(after for job in waiting for after in perform(job, self._means))
        return len(given)

    def forget(self, manager: str) -> None:
        """Nothing is ever kept of anybody."""

    def now(self) -> JobsNow:
        """Nothing ever waits."""
        return NO_JOBS

    def try_again(self) -> int:
        """Nothing is ever given up."""
        return 0


def _in_order(jobs: Iterable[Job]) -> list[Job]:
    """Each once, the most pressing first."""
    return sorted(set(jobs), key=lambda job: (-job.priority, job.name))


def _send(means: Means, enough: Enough) -> None:
    post = means.post()
    if post is not None:
        send_due(means.store, post, enough)


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
