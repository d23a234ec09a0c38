"""Marks: what a model says of a quotation in one line, such as ``missing bad_news 8 fear``."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from assistant.domain.words import CLAIM_STANCES, OBSERVATION_STANCES, ConversationKind, Signal, Stance
from assistant.engines.llm.listing import as_id

SUREST = 10
"""How sure a model says it is of what is quite certain."""

LONGEST = 100
"""Characters of a mark that are looked at."""

_MARK = re.compile(r"\W*([a-z]+)\W+(.+?)\W+(\d{1,4}(?:\.\d+)?)(?:\W+([a-z]+))?\W*", re.IGNORECASE)
SERIOUS = "serious"
"""The mark of a quotation that tells of harassment, violence, self-harm or a crime."""

_STANCES = {ConversationKind.REFLECTION: CLAIM_STANCES, ConversationKind.FEEDBACK: OBSERVATION_STANCES}


@dataclass(frozen=True, slots=True)
class Mark:
    """How a quotation is meant, which behaviour (id) it is about, how sure that is (0 to 1), and what it signals."""

    stance: Stance
    behaviour: str
    confidence: float
    signal: Signal | None


def is_serious(line: str) -> bool:
    """Whether a mark says that its quotation tells of a serious matter."""
    return line[:LONGEST].strip(" .\"'").lower() == SERIOUS


def mark_of(line: str, kind: ConversationKind, behaviours: Container[str]) -> Mark | None:
    """The mark that a line is; None where its stance is none of this kind of conversation, or its behaviour none."""
    parts = _MARK.fullmatch(line[:LONGEST])
    if parts is None:
        return None
    stance, behaviour = parts[1].lower(), as_id(parts[2])
    if stance not in _STANCES[kind] or behaviour not in behaviours:
        return None
    return Mark(Stance(stance), behaviour, _share(float(parts[3])), _signal(parts[4]))


def _signal(word: str | None) -> Signal | None:
    """A word that is no signal tells nothing, and the mark stands."""
    return next((signal for signal in Signal if word and signal.value == word.lower()), None)


def _share(sure: float) -> float:
    """0 to 1; a broken number below one is a share already, as some models give it whatever they are asked for."""
    return sure if 0 < sure < 1 else min(1.0, sure / SUREST)
