"""The team's trust climate, from events that respondents described; nobody's feelings are guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assistant.comparison.alignment import LEAST_VOICES, decide
from assistant.comparison.uncertainty import wilson
from assistant.domain.anonymity import shown_count
from assistant.domain.report import Climate, SignalCount
from assistant.domain.words import Alignment, ClimateLevel, Signal

TRUST = frozenset({Signal.SAFETY, Signal.OWNERSHIP})
NOTHING = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())

_LEVEL = {
    Alignment.CONFIRMED: ClimateLevel.HIGH_TRUST,
    Alignment.MIXED: ClimateLevel.MIXED,
    Alignment.CONTESTED: ClimateLevel.FEAR_DRIVEN,
    Alignment.UNSEEN: ClimateLevel.TOO_LITTLE_EVIDENCE,
}


def climate(signals: Mapping[str, frozenset[Signal]], floor: int) -> Climate:
    """The climate from each respondent's signals (respondent -> signals described; empty where none).

    The level follows the same counting rule as alignment. The score is the mean over all respondents of +1 (only
    trust), -1 (only fear or blame) or 0 (neither or both), to one decimal; its 90 % interval is Wilson's over all
    respondents, so that neither tells how few people described something.
    """
    trusting = sum(bool(s & TRUST) for s in signals.values())
    fearing = sum(bool(s - TRUST) for s in signals.values())
    level = _LEVEL[decide(trusting, fearing)]
    if level is ClimateLevel.TOO_LITTLE_EVIDENCE:
        return NOTHING
    score = sum(bool(s & TRUST) - bool(s - TRUST) for s in signals.values()) / len(signals)
    low, high = wilson((score + 1) / 2, len(signals))
    counts = Counter(signal for described in signals.values() for signal in described)
    shown = tuple(
        SignalCount(signal, shown_count(counts[signal], floor)) for signal in Signal if counts[signal] >= LEAST_VOICES
    )
    return Climate(level, _tenth(score), (_tenth(low * 2 - 1), _tenth(high * 2 - 1)), shown)


def _tenth(number: float) -> float:
    """To one decimal, alike on both sides of 0: no last bit decides a half, and there is no "-0.0"."""
    return round(round(number, 9), 1) + 0.0
