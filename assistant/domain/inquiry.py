"""A leader's question as a typed query, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.words import FindingKind, Fundamental


class Measure(StrEnum):
    """What a question asks for."""

    FINDINGS = "findings"
    CLIMATE = "climate"
    ALIGNMENT = "alignment"
    PARTICIPATION = "participation"
    SUGGESTIONS = "suggestions"
    WHO_SAID_WHAT = "who_said_what"
    RANKING = "ranking"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood; empty tuples do not restrict. ``managers`` are e-mails."""

    measure: Measure
    managers: tuple[str, ...] = ()
    fundamentals: tuple[Fundamental, ...] = ()
    kinds: tuple[FindingKind, ...] = ()
    behaviours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedFinding:
    """A finding as an answer rests on it; ``id`` is unique in a round: manager's e-mail, slash, finding id."""

    id: str
    manager: str
    kind: FindingKind
    fundamental: Fundamental
    text: str
    respondents: int | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a leader's question. ``refused`` says why nothing is shown, else None."""

    question: str
    round_key: str
    understood: str
    text: str
    findings: tuple[CitedFinding, ...]
    refused: str | None = None
