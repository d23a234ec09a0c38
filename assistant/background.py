"""What is done without anybody waiting for it, on the parts of a process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.bootstrap import Parts
from assistant.domain.errors import BadInput, OperatorError
from assistant.domain.jobs import Job, JobKind
from assistant.loop.done_at_once import DoneAtOnce
from assistant.loop.jobs import Done, Enough, Means, perform
from assistant.ports.index import Index
from assistant.ports.jobs import Jobs
from assistant.ports.telemetry import Step
from assistant.settings import in_plain

if TYPE_CHECKING:
    from assistant.stores.queue.queued_jobs import QueuedJobs
    from assistant.stores.queue.worker import Worker

_STEPS = {
    JobKind.UPKEEP: Step.UPKEEP,
    JobKind.SENDING: Step.SENDING,
    JobKind.ANALYSIS: Step.ANALYSIS,
    JobKind.INDEX: Step.INDEX,
    JobKind.PUBLICATION: Step.PUBLICATION,
}


@dataclass(frozen=True)
class Background:
    """Jobs: where they go, and what does them."""

    parts: Parts

    @cached_property
    def jobs(self) -> Jobs:
        """Where jobs wait: in a queue on the server of the database; where that is a file, nothing ever waits."""
        return DoneAtOnce(self.perform) if self._url is None else self.queue()

    def here(self, failed: Callable[[OperatorError], None]) -> DoneAtOnce:
        """Jobs that this process does there and then, and who is told of what follows on them and ``failed``."""
        return DoneAtOnce(self.perform, failed)

    def workers(self) -> Jobs | None:
        """The queue, where workers are at work on it just now; None where what is put would wait for nobody."""
        return self.jobs if self.jobs.workers() else None

    def worker(self, failed: Callable[[Exception], None]) -> Worker:
        """Whoever does the jobs of the queue, and tells of what ``failed``. Raises BadInput like :meth:`queue`."""
        from assistant.stores.queue.worker import Worker

        return Worker(self.queue(), lambda job: self.perform(job).after, failed)

    def queue(self) -> QueuedJobs:
        """The queue of the workers. Raises BadInput where there is none, as everything is in a file."""
        from assistant.stores.queue.queued_jobs import QueuedJobs

        if self._url is None:
            raise BadInput(
                "Workers take their jobs from a PostgreSQL server, and VALUE_LOOP_DATABASE_URL is not set. With a "
                "file, value-loop serve does everything by itself, and value-loop tick where no app runs."
            )
        return QueuedJobs(self._url, self.parts.store.place)

    def perform(self, job: Job, enough: Enough = lambda: False) -> Done:
        """Do a job here and now; see :func:`assistant.loop.jobs.perform`."""
        with self.parts.monitoring.telemetry.step(_STEPS[job.kind]):
            return perform(job, self.means, enough)

    @cached_property
    def means(self) -> Means:
        """What jobs are done with."""
        parts = self.parts
        return Means(
            store=parts.store,
            engine=lambda: parts.engine,
            knowledge=lambda: parts.knowledge,
            index=self._index,
            announcer=parts.announcer,
            post=parts.post,
            now=parts.now,
            retention_days=parts.settings.retention_days,
        )

    @contextmanager
    def _index(self) -> Iterator[Index]:
        """The index until the block ends, or for longer where this process owns it; raises Busy where another does."""
        from assistant.stores.chroma.index import ChromaIndex

        parts, settings = self.parts, self.parts.settings
        if "index" in parts.__dict__ or settings.chroma_url is not None:
            yield parts.index
            return
        index = ChromaIndex.open(settings.home, parts.engine.fingerprint)
        try:
            yield parts.monitoring.watched_index(index)
        finally:
            index.close()

    @property
    def _url(self) -> str | None:
        return in_plain(self.parts.settings.database_url)
