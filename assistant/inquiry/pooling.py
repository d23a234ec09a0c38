"""How sure a figure over several teams is, from how sure it is in each of them.

Source: Zou & Donner 2008, "Construction of confidence limits about effect measures: a general approach" (MOVER). Teams
are taken to be independent. Two rounds of one team are alike, so that a difference between them is called sure too
seldom rather than too often.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval; ``weight`` is what it counts beside others."""

    value: float
    low: float
    high: float
    weight: float = 1.0


def pooled(estimates: Iterable[Estimate]) -> Estimate | None:
    """The weighted mean with its interval; None where nothing has any weight."""
    counted = [one for one in estimates if one.weight > 0]
    total = sum(one.weight for one in counted)
    if not total:
        return None
    value = sum(one.weight * one.value for one in counted) / total
    below = hypot(*(one.weight * (one.value - one.low) for one in counted)) / total
    above = hypot(*(one.weight * (one.high - one.value) for one in counted)) / total
    return Estimate(value, value - below, value + above, total)


def differ(one: Estimate, other: Estimate) -> bool:
    """Whether the interval of their difference leaves out nothing: they differ beyond what chance alone may bring."""
    difference = one.value - other.value
    low = difference - hypot(one.value - one.low, other.high - other.value)
    high = difference + hypot(one.high - one.value, other.value - other.low)
    return low > 0 or high < 0
