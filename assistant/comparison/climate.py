"""The team's trust climate, from events that respondents described; nobody's feelings are guessed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from assistant.comparison.alignment import LEAST_VOICES
from assistant.comparison.uncertainty import wilson
from assistant.domain.anonymity import shown_count
from assistant.domain.report import Climate, SignalCount
from assistant.domain.words import ClimateLevel, Signal

TRUST = frozenset({Signal.SAFETY, Signal.OWNERSHIP})
FEAR = frozenset(Signal) - TRUST
NOTHING = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())

FEWEST = 1.25
"""Expected number of people below which there is too little evidence: one voice alone never reaches it."""

MIXED_FROM = 0.32
"""Share of the smaller side from which on a climate is mixed. Both numbers are those with which the engine agrees best
with two people who said what the climate is in rounds that taught it nothing: ``training/climates.py`` chooses them."""


def climate(signals: Mapping[str, Mapping[Signal, float]], floor: int, named: int = 0) -> Climate:
    """The climate from each respondent's signals: respondent -> how probable (0 to 1) an event of each kind is.

    People are counted by their probabilities: the expected number of those who described trust, and of those who
    described fear or blame. The score is the mean over all respondents of the probability of trust less that of fear or
    blame, to one decimal; its 90 % interval is Wilson's over all respondents, so that neither tells how few people
    described something. Of the kinds of event, numbers are shown as if all who are ``named`` were among them.
    """
    trusting = [any_of(described, TRUST) for described in signals.values()]
    fearing = [any_of(described, FEAR) for described in signals.values()]
    found = level(math.fsum(trusting), math.fsum(fearing))
    if found is ClimateLevel.TOO_LITTLE_EVIDENCE:
        return NOTHING
    score = (math.fsum(trusting) - math.fsum(fearing)) / len(signals)
    low, high = wilson((score + 1) / 2, len(signals))
    counts = {signal: _people(described.get(signal, 0.0) for described in signals.values()) for signal in Signal}
    shown = tuple(
        SignalCount(signal, shown_count(count, floor, named) if count > named else None)
        for signal, count in counts.items()
        if count >= LEAST_VOICES
    )
    return Climate(found, _tenth(score), (_tenth(low * 2 - 1), _tenth(high * 2 - 1)), shown)


def level(trusting: float, fearing: float, fewest: float = FEWEST, mixed_from: float = MIXED_FROM) -> ClimateLevel:
    """The level for expected numbers of people."""
    if max(trusting, fearing) < fewest:
        return ClimateLevel.TOO_LITTLE_EVIDENCE
    if min(trusting, fearing) >= mixed_from * (trusting + fearing):
        return ClimateLevel.MIXED
    return ClimateLevel.HIGH_TRUST if trusting > fearing else ClimateLevel.FEAR_DRIVEN


def any_of(described: Mapping[Signal, float], kinds: frozenset[Signal]) -> float:
    """How probable it is that at least one of these kinds of event was described, each being independent."""
    return 1 - math.prod(1 - described.get(kind, 0.0) for kind in kinds)


def _people(probabilities: Iterable[float]) -> int:
    """The expected number of people, to whole ones, a half upwards."""
    return math.floor(round(math.fsum(probabilities), 9) + 0.5)


def _tenth(number: float) -> float:
    """To one decimal, alike on both sides of 0: no last bit decides a half, and there is no "-0.0"."""
    return round(round(number, 9), 1) + 0.0
