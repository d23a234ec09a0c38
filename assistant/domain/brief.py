"""What a leader is told of a round by itself, before they ask anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.inquiry import CitedFinding, Figure, Measure, Sentence


class Topic(StrEnum):
    """The parts of a brief, in their order."""

    CHANGED = "changed"
    GROWING = "growing"
    IMPROVING = "improving"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class BriefPart:
    """What there is to say on a topic, and the first of the findings that it rests on."""

    topic: Topic
    sentences: tuple[Sentence, ...]
    findings: tuple[CitedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A leader's brief over a round (its key), held against the round before where there is one.

    ``managers`` (e-mails) are those whose reports it was made of. ``below`` counts teams beneath the floor, ``without``
    those with no report. ``figures`` are given for both rounds, each with what it measures. ``refused`` says why
    nothing is shown, else None.
    """

    round_key: str
    before: str | None
    managers: tuple[str, ...]
    below: int
    without: int
    parts: tuple[BriefPart, ...] = ()
    figures: tuple[tuple[Measure, Figure], ...] = ()
    refused: str | None = None
