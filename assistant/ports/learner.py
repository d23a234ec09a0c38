"""Whoever can tell whether learning from corrections helps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.corrections import Example, Measurement


class Learner(Protocol):
    """Measures before anything is switched on."""

    def measure(self, examples: Sequence[Example]) -> Measurement:
        """How often it is right without and with learning from these, each person's own left out in turn."""
        ...
