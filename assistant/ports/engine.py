"""An engine: everything that understands or writes language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.corrections import Adjustment, Example
from assistant.domain.usage import Sums
from assistant.ports.adviser import Adviser
from assistant.ports.analyst import Analyst
from assistant.ports.encoder import Encoder
from assistant.ports.interviewer import Interviewer
from assistant.ports.learner import Learner
from assistant.ports.narrator import Narrator
from assistant.ports.reader import Reader
from assistant.ports.safeguard import Safeguard
from assistant.ports.sceptic import Sceptic


class Engine(Safeguard, Interviewer, Reader, Narrator, Adviser, Analyst, Encoder, Learner, Protocol):
    """All skills in one; ``name`` goes into every report, such as ``embedded:1-3f9a``."""

    @property
    def name(self) -> str:
        """Kind and version."""
        ...

    @property
    def sends_to(self) -> str | None:
        """The host to which people's words are sent to be understood; None where they stay here."""
        ...

    @property
    def sceptic(self) -> Sceptic | None:
        """Whoever plays a sceptical team member in a rehearsal; None where nobody here can."""
        ...

    def try_out(self) -> None:
        """Do one small thing for real; raises OperatorError, saying what to mend, where that fails."""
        ...

    def of_round(self, key: str) -> Engine:
        """The same engine at work for a round: what that takes is counted for the round, and bounded by its budget."""
        ...

    def rehearsed(self) -> Rehearsal:
        """An engine that calls nothing, and counts what this one would have called."""
        ...

    def adjusted(self, examples: Sequence[Example], use: Adjustment) -> Engine:
        """The engine that has learned from these examples as far as it is used; its name tells so, as ``...+c12ab34``.

        The same examples give the same name and the same readings. With none it is the engine itself.
        """
        ...


class Rehearsal(Engine, Protocol):
    """An engine for a dry run: what it gives is near to what would come, and costs nothing."""

    @property
    def would_use(self) -> Sums:
        """All calls so far that would have been made, and about what they would have used."""
        ...
