"""The team's trust climate, from events that respondents described; nobody's feelings are guessed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.comparison.alignment import LEAST_VOICES
from assistant.comparison.uncertainty import wilson
from assistant.domain.anonymity import shown_count
from assistant.domain.report import Climate, SignalCount
from assistant.domain.statements import Signs
from assistant.domain.words import ClimateLevel, Signal

TRUST = frozenset({Signal.SAFETY, Signal.OWNERSHIP})
FEAR = frozenset(Signal) - TRUST
NOTHING = Climate(ClimateLevel.TOO_LITTLE_EVIDENCE, None, None, ())


@dataclass(frozen=True, slots=True)
class Rule:
    """From how many people on there is a climate at all, and from which share of the smaller side on it is mixed."""

    fewest: float
    mixed_from: float


BY_EVENTS = Rule(1.25, 0.32)
"""Where only events are known: one voice alone never makes a climate, and about a third makes it mixed."""

BY_SIGNS = Rule(1.6, 0.38)
"""Where signs are known, of which there are more: the numbers with which the embedded engine agrees best with people
who said what the climate is in rounds that taught it nothing; ``training/climates.py`` chooses them."""


def climate(
    signals: Mapping[str, Mapping[Signal, float]],
    floor: int,
    named: int = 0,
    signs: Mapping[str, Signs] = MappingProxyType({}),
) -> Climate:
    """The climate from each respondent's signals: respondent -> how probable (0 to 1) an event of each kind is.

    People are counted by their probabilities: the expected number of those who gave a sign of trust, and of those who
    gave one of fear or blame; see :func:`counted`. The score is the mean over all respondents of the probability of
    trust less that of fear or blame, to one decimal; its 90 % interval is Wilson's over all respondents, so that
    neither tells how few people described something. Of the kinds of event, numbers are shown as if all who are
    ``named`` were among them.
    """
    trusting, fearing = counted(signals, signs)
    found = level(trusting, fearing, BY_SIGNS if signs else BY_EVENTS)
    if found is ClimateLevel.TOO_LITTLE_EVIDENCE:
        return NOTHING
    score = (trusting - fearing) / len(signals)
    low, high = wilson((score + 1) / 2, len(signals))
    counts = {signal: _people(described.get(signal, 0.0) for described in signals.values()) for signal in Signal}
    shown = tuple(
        SignalCount(signal, shown_count(count, floor, named) if count > named else None)
        for signal, count in counts.items()
        if count >= LEAST_VOICES
    )
    return Climate(found, _tenth(score), (_tenth(low * 2 - 1), _tenth(high * 2 - 1)), shown)


def counted(
    signals: Mapping[str, Mapping[Signal, float]], signs: Mapping[str, Signs] = MappingProxyType({})
) -> tuple[float, float]:
    """Expected numbers of people who gave a sign of trust, and of those who gave one of fear or blame.

    Where somebody's ``signs`` are known they count for a half, and the events that were described for the other; where
    they are not, the events are all there is.
    """
    told = {who: signs_of(described) for who, described in signals.items()}
    given = [(one, signs.get(who, one)) for who, one in told.items()]
    return math.fsum(a.trust + b.trust for a, b in given) / 2, math.fsum(a.fear + b.fear for a, b in given) / 2


def level(trusting: float, fearing: float, rule: Rule) -> ClimateLevel:
    """The level for expected numbers of people."""
    if max(trusting, fearing) < rule.fewest:
        return ClimateLevel.TOO_LITTLE_EVIDENCE
    if min(trusting, fearing) >= rule.mixed_from * (trusting + fearing):
        return ClimateLevel.MIXED
    return ClimateLevel.HIGH_TRUST if trusting > fearing else ClimateLevel.FEAR_DRIVEN


def signs_of(described: Mapping[Signal, float]) -> Signs:
    """What the events that somebody described say of trust and fear."""
    return Signs(any_of(described, TRUST), any_of(described, FEAR))


def any_of(described: Mapping[Signal, float], kinds: frozenset[Signal]) -> float:
    """How probable it is that at least one of these kinds of event was described, each being independent."""
    return 1 - math.prod(1 - described.get(kind, 0.0) for kind in kinds)


def _people(probabilities: Iterable[float]) -> int:
    """The expected number of people, to whole ones, a half upwards."""
    return math.floor(round(math.fsum(probabilities), 9) + 0.5)


def _tenth(number: float) -> float:
    """To one decimal, alike on both sides of 0: no last bit decides a half, and there is no "-0.0"."""
    return round(round(number, 9), 1) + 0.0
