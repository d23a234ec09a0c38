"""Whoever puts a report into words. It is shown kinds, behaviours and cards, and nobody's feedback."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.narration import Narration, Outline


class Narrator(Protocol):
    """Words findings, reasons for suggestions, and the summary of a report."""

    def narrate(self, outline: Outline) -> Narration:
        """Words for everything in the outline.

        A finding is one or two sentences to the manager, a reason one sentence on why the practice fits its finding,
        the summary a short paragraph over all findings.
        """
        ...
