"""What a question can be after, in one word."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.inquiry import Measure
from assistant.domain.words import GAPS, FindingKind


class Aim(StrEnum):
    """What a question is after; those of one kind of finding are called as it is."""

    GAPS = "gaps"
    STRENGTHS = "strengths"
    OVERVIEW = "overview"
    ON_TOPIC = "on_topic"
    BLIND_SPOT = "blind_spot"
    HIDDEN_STRENGTH = "hidden_strength"
    SPLIT_VIEW = "split_view"
    SHARED_CONCERN = "shared_concern"
    UNSEEN_CLAIM = "unseen_claim"
    CLIMATE = "climate"
    ALIGNMENT = "alignment"
    PARTICIPATION = "participation"
    SUGGESTIONS = "suggestions"
    RANKING = "ranking"
    WHO_SAID_WHAT = "who_said_what"
    OTHER = "other"

    @property
    def measure(self) -> Measure | None:
        """What it asks for beyond findings, or None."""
        if self is Aim.OTHER:
            return Measure.UNCLEAR
        return Measure(self.value) if self.value in set(Measure) else None

    @property
    def kinds(self) -> tuple[FindingKind, ...]:
        """The kinds of findings it asks for; none where it only has a topic."""
        return _KINDS.get(self) or ((FindingKind(self.value),) if self.value in set(FindingKind) else ())


_KINDS = {
    Aim.GAPS: tuple(kind for kind in FindingKind if kind in GAPS),
    Aim.STRENGTHS: (FindingKind.SHARED_STRENGTH, FindingKind.HIDDEN_STRENGTH),
    Aim.OVERVIEW: tuple(FindingKind),
}
