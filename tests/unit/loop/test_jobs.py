"""Jobs that are done at once, as where everything is in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain.errors import NoIndex, Unknown
from assistant.domain.jobs import NO_JOBS, Job, JobKind
from assistant.domain.notices import Channel
from assistant.loop.analysis import analyse
from assistant.loop.done_at_once import DoneAtOnce
from assistant.loop.jobs import Done, Means, analyses, perform
from assistant.loop.own_data import erase
from assistant.ports.index import Index
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.values import to_json
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.workers import NOON, ROUND, fill, means, reports_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path / "home")
    yield opened
    opened.close()


def test_jobs_make_what_an_analysis_makes(store: SqlStore) -> None:
    """The same reports, and everybody is told of them once; nothing ever waits."""
    leads = fill(store, 3)
    jobs = at_once(means(store))
    assert jobs.put(analyses(store, ROUND)) == 3
    made = reports_of(store, leads)
    assert (jobs.now(), jobs.workers(), jobs.try_again()) == (NO_JOBS, 0, 0)
    analyse(store, PlainEngine(), means(store).knowledge(), ROUND)
    assert reports_of(store, leads) == made
    with store.work() as work:
        told = [notice.person for notice in work.outbox.due(Channel.MAIL, NOON) if notice.kind.value == "report_ready"]
    assert sorted(told) == list(leads)


def test_channels_are_told_when_the_last_report_is_made(store: SqlStore) -> None:
    """Not while some are missing, whichever is made last."""
    leads = fill(store, 2)
    held = means(store)
    told = []
    for lead in leads:
        for job in (Job(JobKind.ANALYSIS, ROUND, lead), Job(JobKind.PUBLICATION, ROUND)):
            perform(job, held)
        told.append(channel_knows(store))
    assert told == [False, True]


def test_a_job_about_somebody_who_was_erased_is_done(store: SqlStore) -> None:
    """There is nothing left to do, and nothing to try again; asking for their report alone says so."""
    leads = fill(store, 2)
    erase(store, leads[0])
    assert perform(Job(JobKind.ANALYSIS, ROUND, leads[0]), means(store)) == Done()
    assert [job.manager for job in analyses(store, ROUND)] == [leads[1]]
    with pytest.raises(Unknown):
        analyses(store, ROUND, leads[0])


@pytest.mark.parametrize("kind", [JobKind.UPKEEP, JobKind.SENDING, JobKind.INDEX])
def test_what_comes_again_and_again_leaves_nothing_to_do_after_it(store: SqlStore, kind: JobKind) -> None:
    """Also where nothing is sent, and where another process owns the index and follows by itself."""
    assert perform(Job(kind), means(store)).after == ()
    assert perform(Job(kind), means(store)).after == ()


def test_whoever_does_jobs_is_told_what_came_of_each_and_how_far_it_is(store: SqlStore) -> None:
    """Each manager's report, in the order of their names, as it stands afterwards."""
    leads = fill(store, 2)
    steps: list[tuple[int, int]] = []
    came = at_once(means(store)).do(analyses(store, ROUND), lambda done, of: steps.append((done, of)))
    assert [done.report and done.report.manager for done in came] == list(leads)
    assert [to_json(done.report) for done in came] == reports_of(store, leads)
    assert steps == [(0, 2), (1, 2), (2, 2)]


def test_what_comes_again_by_itself_may_fail_after_a_report(store: SqlStore) -> None:
    """The reports are there, the channel is told, and so is whoever wants to know what failed; else it is raised."""
    leads = fill(store, 2)
    held = replace(means(store), index=server_is_away)
    failed: list[Exception] = []
    assert at_once(held, failed.append).put(analyses(store, ROUND)) == 2
    assert [type(one) for one in failed] == [NoIndex]
    assert (len(reports_of(store, leads)), channel_knows(store)) == (2, True)
    with pytest.raises(NoIndex):
        at_once(held).put(analyses(store, ROUND))


def test_what_is_put_fails_where_it_is_put(store: SqlStore) -> None:
    """Nobody would try it again, so whoever puts it hears of it."""
    with pytest.raises(NoIndex):
        at_once(replace(means(store), index=server_is_away), pytest.fail).put([Job(JobKind.INDEX)])


def at_once(held: Means, *failed: Callable[[Exception], None]) -> DoneAtOnce:
    """Jobs that are done in this process, with these means."""
    return DoneAtOnce(lambda job: perform(job, held), *failed)


@contextmanager
def server_is_away() -> Iterator[Index]:
    """An index on a server that does not answer."""
    raise NoIndex("The server of the index does not answer.")
    yield


def channel_knows(store: SqlStore) -> bool:
    """Whether a channel is to be told that the reports are there."""
    with store.work() as work:
        return any(one.kind.value == "reports_ready" for one in work.outbox.due(Channel.SLACK, NOON))
