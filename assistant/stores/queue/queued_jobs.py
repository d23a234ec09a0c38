"""Jobs on a PostgreSQL server, for any number of workers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assistant.domain.jobs import GivenUp, Job, JobKind, JobsNow
from assistant.stores.queue.tables import OPTIONS, make_ready
from assistant.stores.sql.server_faults import in_words_of_server

if TYPE_CHECKING:
    import psycopg

JOB = "job"
"""What the one task of the queue is called; its arguments say which job it is."""
QUEUE = "value-loop"
TAKEN_FOR_DEAD = 20.0
"""Seconds without a sign of life, after which a worker is taken for dead and its jobs are given to others."""

_WAITING = "SELECT lock FROM procrastinate_jobs WHERE status = 'todo' AND lock = ANY(%s)"
_LEFT = """SELECT args ->> 'round_key', count(*) FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND task_name = %s AND args ->> 'kind' = 'analysis' GROUP BY 1 ORDER BY 1"""
_WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)"
_COUNTS = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name = %s GROUP BY status"
_FAILED = """SELECT args, coalesce(what, '') FROM procrastinate_jobs LEFT JOIN problem ON problem.job = id
WHERE status = 'failed' AND task_name = %s ORDER BY lock, id"""
_AGAIN = """UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL
WHERE status = 'failed' AND task_name = %s"""
_FORGET = "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND task_name = %s AND args ->> 'manager' = %s"
_PROBLEM = "INSERT INTO problem VALUES (%s, %s) ON CONFLICT (job) DO UPDATE SET what = excluded.what"


class QueuedJobs:
    """See :class:`assistant.ports.jobs.Jobs`. Nothing is done here; :class:`Worker` does that, in other processes."""

    def __init__(self, url: str, place: str) -> None:
        """The queue of the database at ``url``, which is called ``place`` in sentences. Raises Broken and Busy."""
        self.url = url
        self.place = place
        with in_words_of_server(place):
            make_ready(url)

    def put(self, jobs: Iterable[Job]) -> int:
        """Have these done by workers; how many did not wait yet. Raises Broken where the server does not answer."""
        wanted = {job.name: job for job in jobs}
        with in_words_of_server(self.place), self._connected() as held:
            waiting = {name for (name,) in held.execute(_WAITING, [list(wanted)])}
        new = [job for name, job in wanted.items() if name not in waiting]
        with in_words_of_server(self.place):
            self._defer(new)
        return len(new)

    def forget(self, manager: str) -> None:
        """Delete what waits or was given up and is about this manager. Raises like :meth:`now`.

        What is at hand just now finds nobody, and is deleted when it is done.
        """
        with in_words_of_server(self.place), self._connected() as held:
            held.execute(_FORGET, [JOB, manager])

    def now(self) -> JobsNow:
        """How things stand. Raises Broken where the server does not answer."""
        with in_words_of_server(self.place), self._connected() as held:
            counts: dict[str, int] = dict(held.execute(_COUNTS, [JOB]).fetchall())
            failed = [GivenUp(job_of(args), what) for args, what in held.execute(_FAILED, [JOB])]
            left: dict[str, int] = dict(held.execute(_LEFT, [JOB]).fetchall())
        return JobsNow(counts.get("todo", 0), counts.get("doing", 0), tuple(failed), left)

    def workers(self) -> int:
        """How many workers have given a sign of life lately. Raises like :meth:`now`."""
        with in_words_of_server(self.place), self._connected() as held:
            (number,) = held.execute(_WORKERS, [TAKEN_FOR_DEAD]).fetchone() or (0,)
        return int(number)

    def try_again(self) -> int:
        """Have all that was given up tried from the beginning; how many it is. Raises like :meth:`now`."""
        with in_words_of_server(self.place), self._connected() as held:
            return held.execute(_AGAIN, [JOB]).rowcount

    def note_problem(self, id: int, what: str) -> None:
        """Keep what went wrong with the job of this number."""
        with in_words_of_server(self.place), self._connected() as held:
            held.execute(_PROBLEM, [id, what])

    def _connected(self) -> psycopg.Connection[Any]:
        import psycopg

        return psycopg.connect(self.url, options=OPTIONS)

    def _defer(self, jobs: list[Job]) -> None:
        if not jobs:
            return
        from procrastinate import App, SyncPsycopgConnector

        connector = SyncPsycopgConnector(conninfo=self.url, kwargs={"options": OPTIONS}, min_size=1, max_size=1)
        with App(connector=connector).open() as app:
            places = (app.configure_task(JOB, queue=QUEUE, lock=job.name, priority=job.priority) for job in jobs)
            app.job_manager.batch_defer_jobs(
                [place.make_new_job(**arguments_of(job)) for place, job in zip(places, jobs, strict=True)]
            )


def arguments_of(job: Job) -> dict[str, Any]:
    """A job as the queue keeps it."""
    return {"kind": job.kind.value, "round_key": job.round_key, "manager": job.manager}


def job_of(arguments: dict[str, Any]) -> Job:
    """The job that the queue keeps so."""
    return Job(JobKind(arguments["kind"]), arguments["round_key"], arguments["manager"])
