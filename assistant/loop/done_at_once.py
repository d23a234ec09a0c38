"""Jobs that are done by whoever puts them, there and then, by the very function that workers do them by."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assistant.domain.errors import OperatorError
from assistant.domain.jobs import NO_JOBS, PERIODIC, Job, JobsNow
from assistant.loop.jobs import Done


def _raised(error: OperatorError) -> None:
    raise error


class DoneAtOnce:
    """See :class:`assistant.ports.jobs.Jobs`: what is put fails where it is put, and nothing waits.

    ``perform`` does one job. What is to be done after it, and comes again by itself anyway, is tried again then: where
    somebody is to be told that it ``failed``, the rest goes on.
    """

    def __init__(self, perform: Callable[[Job], Done], failed: Callable[[OperatorError], None] = _raised) -> None:
        self._perform = perform
        self._failed = failed

    def put(self, jobs: Iterable[Job]) -> int:
        """Do these, and what is to be done after them, each once; how many they were. Raises as they do."""
        return len(self.do(jobs))

    def do(
        self, jobs: Iterable[Job], progress: Callable[[int, int], None] = lambda _done, _of: None
    ) -> tuple[Done, ...]:
        """The same; what came of each, by priority and name. ``progress`` is told how many of how many are done."""
        wanted = _in_order(jobs)
        came: list[Done] = []
        progress(0, len(wanted))
        for number, job in enumerate(wanted, 1):
            came.append(self._perform(job))
            progress(number, len(wanted))
        self._go_on(came)
        return tuple(came)

    def forget(self, manager: str) -> None:
        """Nothing is ever kept of anybody."""

    def now(self) -> JobsNow:
        """Nothing ever waits."""
        return NO_JOBS

    def workers(self) -> int:
        """Nobody else does anything."""
        return 0

    def try_again(self) -> int:
        """Nothing is ever given up."""
        return 0

    def _go_on(self, came: Iterable[Done]) -> None:
        """Do what is to be done afterwards, until nothing is."""
        while after := _in_order(job for done in came for job in done.after):
            came = [self._done_after(job) for job in after]

    def _done_after(self, job: Job) -> Done:
        try:
            return self._perform(job)
        except OperatorError as error:
            if job.kind not in PERIODIC:
                raise
            self._failed(error)
            return Done()


def _in_order(jobs: Iterable[Job]) -> list[Job]:
    """Each once, the most pressing first."""
    return sorted(set(jobs), key=lambda job: (-job.priority, job.name))
