"""Whoever puts findings into words. It is shown counts and behaviours, and nobody's feedback."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.authorship import Written
from assistant.domain.knowledge import Behaviour
from assistant.domain.report import Climate, Finding
from assistant.domain.words import FindingKind, Stance


class Narrator(Protocol):
    """Words a finding, and the summary of a report."""

    def finding(
        self, kind: FindingKind, behaviour: Behaviour, claim_stance: Stance | None, confidence: float
    ) -> Written:
        """One or two sentences to the manager; ``claim_stance`` is None where nobody claimed it."""
        ...

    def summary(self, manager: str, findings: Sequence[Finding], climate: Climate) -> Written:
        """A short paragraph to the manager (first name given) over all findings."""
        ...
