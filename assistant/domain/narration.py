"""What a report tells in words, before and after it has been worded. Nobody's own words are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.authorship import Written
from assistant.domain.report import Climate, Finding, Suggestion
from assistant.domain.words import Stance


@dataclass(frozen=True, slots=True)
class Outline:
    """What is to be worded for one manager, by first name: findings and suggestions without their words.

    ``claimed`` is the stance of the leading claim by finding (id), for those that somebody claimed.
    """

    manager: str
    findings: tuple[Finding, ...]
    claimed: Mapping[str, Stance]
    climate: Climate
    suggestions: tuple[Suggestion, ...]

    def finding_of(self, suggestion: Suggestion) -> Finding:
        """The finding that a suggestion answers first."""
        return next(finding for finding in self.findings if finding.id == suggestion.findings[0])


@dataclass(frozen=True, slots=True)
class Narration:
    """The words: of findings and of reasons for suggestions by id, and of the summary; each says who wrote it."""

    findings: Mapping[str, Written]
    reasons: Mapping[str, Written]
    summary: Written
