"""A worker: takes jobs from the queue one after the other, and gives back what workers that died had in hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.domain.errors import ValueLoopError
from assistant.domain.jobs import MOST_TRIES, PERIODIC, Job, JobKind, delay_after
from assistant.stores.queue.queued_jobs import JOB, QUEUE, TAKEN_FOR_DEAD, QueuedJobs, job_of
from assistant.stores.queue.tables import OPTIONS
from assistant.stores.sql.server_faults import in_words_of_server, no_way_in

if TYPE_CHECKING:
    from procrastinate import App, JobContext
    from procrastinate.jobs import Job as Kept

DUE = "due"
"""What the task is called that puts a periodic job."""
EVERY_MINUTE = "* * * * *"
DIED = "the worker ended in the middle of it, each time"

_RESCUER = 0x72657363


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds: between two signs of life of a worker, and without any of them until its jobs are given to others."""

    sign_of_life: float = 5.0
    taken_for_dead: float = TAKEN_FOR_DEAD


class Worker:
    """Does the jobs of a queue; ``perform`` does one and says what is to be done after it."""

    def __init__(
        self,
        queue: QueuedJobs,
        perform: Callable[[Job], Iterable[Job]],
        failed: Callable[[Exception], None],
        rhythm: Rhythm | None = None,
    ) -> None:
        self._queue = queue
        self._perform = perform
        self._failed = failed
        self._rhythm = rhythm or Rhythm()

    def run(self, at_once: int = 1, until_idle: bool = False) -> None:
        """Work until the process is asked to end, then finish what is at hand; or until nothing waits any more.

        In the latter case it puts nothing by itself that comes again and again. Raises Broken where the server does not
        answer.
        """
        import logging

        from procrastinate.exceptions import ConnectorException

        logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)  # it names people, and failures are told
        with in_words_of_server(self._queue.place):
            try:
                asyncio.run(self._run(at_once, until_idle))
            except ConnectorException as error:
                raise no_way_in(self._queue.place) from error

    async def _run(self, at_once: int, until_idle: bool) -> None:
        app = self._app(at_once, keeps_time=not until_idle)
        async with app.open_async():
            await self._rescue(app)
            rescue = asyncio.create_task(self._rescue_again_and_again(app))
            try:
                await app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=at_once,
                    wait=not until_idle,
                    delete_jobs="successful",
                    update_heartbeat_interval=self._rhythm.sign_of_life,
                    stalled_worker_timeout=self._rhythm.taken_for_dead,
                )
            finally:
                rescue.cancel()
                with suppress(asyncio.CancelledError):
                    await rescue

    def _app(self, at_once: int, keeps_time: bool) -> App:
        from procrastinate import App, PsycopgConnector

        connector = PsycopgConnector(
            conninfo=self._queue.url, kwargs={"options": OPTIONS}, min_size=1, max_size=at_once + 4
        )
        app = App(connector=connector)
        app.task(name=JOB, queue=QUEUE, pass_context=True, retry=_tried_again())(self._do)
        due = app.task(name=DUE, queue=QUEUE)(self._put_due)
        for kind in PERIODIC if keeps_time else ():  # of any number of workers, one puts each of these each minute
            app.periodic(cron=EVERY_MINUTE, periodic_id=kind.value, task_kwargs={"kind": kind.value})(due)
        return app

    def _do(self, context: JobContext, /, **arguments: Any) -> None:
        try:
            self._queue.put(self._perform(job_of(arguments)))
        except Exception as error:
            self._failed(error)
            self._note(context.job, _in_words(error))
            raise

    def _put_due(self, timestamp: int, kind: str) -> None:  # noqa: ARG002 - the minute does not matter
        self._queue.put([Job(JobKind(kind))])

    def _note(self, kept: Kept, what: str) -> None:
        if kept.id is not None:
            self._queue.note_problem(kept.id, what)

    async def _rescue(self, app: App) -> None:
        """Give back the jobs of workers that show no sign of life, one worker doing so at a time."""
        import psycopg

        async with await psycopg.AsyncConnection.connect(self._queue.url, autocommit=True) as held:
            await held.execute("SELECT pg_advisory_lock(%s)", [_RESCUER])
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._rhythm.taken_for_dead):
                await self._give_back(app, job)

    async def _rescue_again_and_again(self, app: App) -> None:
        import psycopg
        from procrastinate.exceptions import ConnectorException

        while True:
            await asyncio.sleep(self._rhythm.taken_for_dead / 2)
            with suppress(psycopg.Error, ConnectorException):  # where the server is away, the worker itself ends
                await self._rescue(app)

    async def _give_back(self, app: App, job: Kept) -> None:
        """Have another worker do it, unless too many have died of it."""
        from procrastinate.jobs import Status

        if job.attempts + 1 < MOST_TRIES:
            await app.job_manager.retry_job(job)
        else:
            await asyncio.to_thread(self._note, job, DIED)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


def _tried_again() -> Any:
    """When a job that failed is tried again, by the rule of the domain."""
    from procrastinate import BaseRetryStrategy, RetryDecision

    class TriedAgain(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Kept) -> RetryDecision | None:  # noqa: ARG002
            delay = delay_after(job.attempts + 1)
            return None if delay is None else RetryDecision(retry_in={"seconds": round(delay.total_seconds())})

    return TriedAgain()


def _in_words(error: Exception) -> str:
    """Our own errors hold nobody's words; of a mistake of ours, only the kind is kept."""
    return str(error) if isinstance(error, ValueLoopError) else f"a mistake of Value Loop ({type(error).__name__})"
