"""Where jobs wait until they are done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from assistant.domain.jobs import Job, JobsNow


class Jobs(Protocol):
    """Jobs, the most pressing first. One is done at least once, and where that fails, tried again later."""

    def put(self, jobs: Iterable[Job]) -> int:
        """Have these done; how many are new. One that waits already is not put a second time."""
        ...

    def forget(self, manager: str) -> None:
        """Have nothing wait, and nothing given up, that is about this manager (an e-mail), who was erased."""
        ...

    def now(self) -> JobsNow:
        """How things stand."""
        ...

    def workers(self) -> int:
        """How many workers are at work, going by the sign of life that each gives."""
        ...

    def try_again(self) -> int:
        """Have all that was given up tried from the beginning; how many it is."""
        ...
