"""Jobs on a PostgreSQL server, and real workers in processes of their own, some of them killed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from assistant.domain.access import ANALYSIS, OPERATOR, person
from assistant.domain.errors import Broken, Refused
from assistant.domain.jobs import MOST_TRIES, NO_JOBS, PERIODIC, GivenUp, Job, JobKind, JobsNow
from assistant.loop.analysis import analyse
from assistant.loop.jobs import analyses, look_at_jobs, try_again
from assistant.stores.queue.queued_jobs import TAKEN_FOR_DEAD, QueuedJobs
from assistant.stores.queue.tables import make_ready
from assistant.stores.queue.worker import DIED, Worker
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import ServerInstallation
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.postgres_server import in_queue
from tests.fakes.workers import RHYTHM, ROUND, fill, means, reports_of, start

MANAGERS = 60
LONGEST = 60.0
"""Seconds that a worker may take until it begins a job, on a machine that is busy with others."""


@pytest.fixture
def kind() -> str:
    return "postgresql"


@pytest.fixture
def queue(store: SqlStore, installation: ServerInstallation) -> QueuedJobs:
    return QueuedJobs(installation.url, store.place)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The reports of the round as one process makes them, in a file."""
    store = SqlStore.open(tmp_path_factory.mktemp("one") / "home")
    leads = fill(store, MANAGERS)
    analyse(store, PlainEngine(), means(store).knowledge(), ROUND)
    made = reports_of(store, leads)
    store.close()
    return made


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_makes_the_same_reports(
    store: SqlStore, installation: ServerInstallation, queue: QueuedJobs, expected: list[str], workers: int
) -> None:
    """Byte for byte as one process does; each is made once, each manager is told once, and so is the channel."""
    leads = fill(store, MANAGERS)
    assert queue.put(analyses(store, ROUND)) == MANAGERS
    begun: Counter[str] = Counter()
    running = [start(installation.home, installation.url, until_idle=True) for _ in range(workers)]
    for worker in running:
        begun.update(worker.all_that_it_begins(LONGEST))
        worker.process.join(LONGEST)
    assert queue.now() == NO_JOBS
    assert {name: number for name, number in begun.items() if name.startswith("analysis")} == {
        Job(JobKind.ANALYSIS, ROUND, lead).name: 1 for lead in leads
    }
    assert reports_of(store, leads) == expected
    assert told(installation) == {"report_ready": MANAGERS, "reports_ready": 1}


def test_workers_that_are_killed_lose_nothing_and_do_nothing_twice(
    store: SqlStore, installation: ServerInstallation, queue: QueuedJobs, expected: list[str]
) -> None:
    """Two work, and whichever has begun its fourth job is killed in it, until all is done."""
    leads = fill(store, MANAGERS)
    queue.put(analyses(store, ROUND))
    kills = 0
    running = [start(installation.home, installation.url, until_idle=False) for _ in range(2)]
    while queue.now().waiting or queue.now().at_work:
        worker = running.pop(0)
        if all(worker.begins(RHYTHM.taken_for_dead * 2) for _ in range(4)):
            worker.kill()
            kills += 1
            worker = start(installation.home, installation.url, until_idle=False)
        running.append(worker)
    for worker in running:
        worker.kill()
    assert kills >= 10
    assert queue.now() == NO_JOBS
    assert reports_of(store, leads) == expected
    assert told(installation) == {"report_ready": MANAGERS, "reports_ready": 1}
    assert installation.ask("SELECT count(*) FROM publication") == [(MANAGERS,)]


def test_what_waits_already_is_not_put_twice(queue: QueuedJobs) -> None:
    """It is known by its name; another manager of the round is another job."""
    one, other = Job(JobKind.ANALYSIS, ROUND, "a@acme.example"), Job(JobKind.ANALYSIS, ROUND, "b@acme.example")
    assert queue.put([one, one]) == 1
    assert queue.put([one, other]) == 1
    assert queue.put([]) == 0
    assert queue.now() == JobsNow(2, 0, (), {ROUND: 2})


def test_whoever_is_erased_is_in_no_job(queue: QueuedJobs, installation: ServerInstallation) -> None:
    """Neither in one that waits nor in one that was given up, with its problem; what is about others stays."""
    gone, other = (Job(JobKind.ANALYSIS, ROUND, email) for email in ("a@acme.example", "b@acme.example"))
    later = Job(JobKind.ANALYSIS, "2027-Q1", "a@acme.example")
    queue.put([gone, other, later])
    in_queue(installation.url, "UPDATE procrastinate_jobs SET status = 'failed' WHERE args->>'round_key' <> '2027-Q1'")
    in_queue(installation.url, "INSERT INTO problem SELECT id, lock FROM procrastinate_jobs")
    assert queue.now() == JobsNow(1, 0, (GivenUp(gone, gone.name), GivenUp(other, other.name)), {"2027-Q1": 1})
    queue.forget("a@acme.example")
    assert queue.now() == JobsNow(0, 0, (GivenUp(other, other.name),))
    assert installation.ask("SELECT lock FROM value_loop_queue.procrastinate_jobs") == [(other.name,)]
    assert installation.ask("SELECT what FROM value_loop_queue.problem") == [(other.name,)]


def test_the_most_pressing_job_is_done_first(queue: QueuedJobs) -> None:
    """Upkeep before mails, mails before reports, and what follows on reports after them."""
    done: list[Job] = []
    wanted = [Job(kind) for kind in reversed(JobKind)]
    queue.put(wanted)
    working(queue, lambda job: done.append(job) or ())
    assert done == [Job(kind) for kind in JobKind]


def test_what_a_job_leaves_to_be_done_is_put(queue: QueuedJobs) -> None:
    """Two reports leave one job for the index, and one that tells of them."""
    done: list[str] = []

    def told(job: Job) -> tuple[Job, ...]:
        done.append(job.name)
        return (Job(JobKind.INDEX), Job(JobKind.PUBLICATION, ROUND)) if job.kind is JobKind.ANALYSIS else ()

    queue.put(Job(JobKind.ANALYSIS, ROUND, email) for email in ("a@acme.example", "b@acme.example"))
    working(queue, told)
    assert done[2:] == ["index", f"publication/{ROUND}"]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (Broken("The server of the mails is gone."), "The server of the mails is gone."),
        (ZeroDivisionError("xylographically"), "a mistake of Value Loop (ZeroDivisionError)"),
    ],
)
def test_what_fails_is_tried_again_later_and_given_up_in_the_end(
    queue: QueuedJobs, installation: ServerInstallation, error: Exception, problem: str
) -> None:
    """With the reason in words, and of a mistake of ours nothing but its kind; somebody can have it tried anew."""
    job, failed = Job(JobKind.SENDING), list[Exception]()

    def fails(_job: Job) -> tuple[Job, ...]:
        raise error

    queue.put([job])
    for tries in range(1, MOST_TRIES + 1):
        assert queue.now() == JobsNow(1, 0, ())
        working(queue, fails, failed.append)
        assert failed == [error] * tries
        working(queue, fails, failed.append)  # not before its time
        assert failed == [error] * tries
        let_time_pass(installation)
    (given_up,) = queue.now().given_up
    assert (queue.now().waiting, given_up.job, given_up.problem) == (0, job, problem)
    assert queue.try_again() == 1
    assert queue.now() == JobsNow(1, 0, ())
    working(queue, lambda _job: ())
    assert queue.now() == NO_JOBS


@pytest.mark.parametrize(("died_of_it", "is_given_up"), [(MOST_TRIES - 2, False), (MOST_TRIES - 1, True)])
def test_a_job_of_which_workers_die_is_given_up_in_the_end(
    queue: QueuedJobs, installation: ServerInstallation, died_of_it: int, is_given_up: bool
) -> None:
    """What ends each process that takes it up is not given to the next one for ever."""
    done: list[Job] = []
    queue.put([Job(JobKind.SENDING)])
    in_queue(
        installation.url, "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s, worker_id = NULL", died_of_it
    )
    queue.put([Job(JobKind.UPKEEP)])
    working(queue, lambda job: done.append(job) or ())
    assert (Job(JobKind.SENDING) in done) is not is_given_up
    assert [one.problem for one in queue.now().given_up] == ([DIED] if is_given_up else [])


def test_a_worker_that_is_asked_to_end_finishes_what_it_has_at_hand(
    store: SqlStore, installation: ServerInstallation, queue: QueuedJobs
) -> None:
    """It takes up nothing more, and leaves nothing half done for others to find after a while."""
    leads = fill(store, 8)
    queue.put(analyses(store, ROUND))
    worker = start(installation.home, installation.url, until_idle=False)
    while not (worker.begins(LONGEST) or "").startswith("analysis"):
        pass
    assert queue.workers() == 1
    worker.process.terminate()
    worker.process.join(LONGEST)
    assert (worker.process.exitcode, queue.workers()) == (0, 0)
    now = queue.now()
    assert (now.at_work, now.given_up) == (0, ())
    with store.work() as work:
        made = len(work.reports.made(ROUND))
    assert 1 <= made <= len(leads)


def test_what_comes_again_and_again_is_put_by_whoever_works(
    installation: ServerInstallation, queue: QueuedJobs
) -> None:
    """Nobody asks for it; a worker that only empties the queue leaves it to others."""
    assert queue.now() == NO_JOBS
    worker = start(installation.home, installation.url, until_idle=False)
    assert {worker.begins(LONGEST) for _ in PERIODIC} == {kind.value for kind in PERIODIC}
    worker.kill()


def test_a_worker_that_gives_no_sign_of_life_is_not_at_work(
    queue: QueuedJobs, installation: ServerInstallation
) -> None:
    """However it ended; one that still gives them is."""
    in_queue(installation.url, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()), (now())")
    assert queue.workers() == 2
    in_queue(
        installation.url,
        "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s) "
        "WHERE id = (SELECT min(id) FROM procrastinate_workers)",
        TAKEN_FOR_DEAD,
    )
    assert queue.workers() == 1


def test_the_tables_of_the_queue_are_made_once(queue: QueuedJobs, installation: ServerInstallation) -> None:
    """In a schema of their own, so that they are not among those of the store."""
    before = installation.database().tables()
    make_ready(installation.url)
    assert installation.database().tables() == before
    assert not any("procrastinate" in name for name in before)
    assert queue.now() == NO_JOBS


def test_how_jobs_stand_is_for_those_who_run_rounds(store: SqlStore, queue: QueuedJobs) -> None:
    """The operator sees it and has jobs tried again; somebody else does not, as managers are named."""
    assert look_at_jobs(store, queue, OPERATOR) == NO_JOBS
    assert try_again(store, queue, OPERATOR) == 0
    for viewer in (person("mia@acme.example"), ANALYSIS):
        with pytest.raises(Refused):
            look_at_jobs(store, queue, viewer)
        with pytest.raises(Refused):
            try_again(store, queue, viewer)


def working(
    queue: QueuedJobs, perform: Callable[[Job], Iterable[Job]], failed: Callable[[Exception], None] = pytest.fail
) -> None:
    """Work in this process until nothing waits any more that is due."""
    Worker(queue, perform, failed, RHYTHM).run(until_idle=True)


def let_time_pass(installation: ServerInstallation) -> None:
    """Everything that waits is due."""
    in_queue(installation.url, "UPDATE procrastinate_jobs SET scheduled_at = NULL")


def told(installation: ServerInstallation) -> dict[str, int]:
    """How many notices of a report there are, by kind."""
    rows = installation.ask("SELECT kind, count(*) FROM notice WHERE kind LIKE 'report%ready' GROUP BY kind")
    return {str(kind): int(number) for kind, number in rows}
