"""An engine: everything that understands or writes language."""

from __future__ import annotations

from typing import Protocol

from assistant.ports.adviser import Adviser
from assistant.ports.analyst import Analyst
from assistant.ports.encoder import Encoder
from assistant.ports.interviewer import Interviewer
from assistant.ports.narrator import Narrator
from assistant.ports.reader import Reader


class Engine(Interviewer, Reader, Narrator, Adviser, Analyst, Encoder, Protocol):
    """All skills in one; ``name`` goes into every report, such as ``embedded:1-3f9a``."""

    @property
    def name(self) -> str:
        """Kind and version."""
        ...
