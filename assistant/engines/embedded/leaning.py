"""What doubtful observations most likely mean beside each other: people of one team mostly agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.comparison.alignment import decide
from assistant.domain.words import Alignment, Stance
from assistant.engines.embedded.pairs import Numbers

CLAIMED = ("does", "gap", "none")
"""What the manager says of a topic: that they do it, that there is a gap, or nothing."""

_LEAST = 1e-4
"""As near to certain as what one line says may come: no single one outweighs all others."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How teams lean, as counted in annotated rounds.

    ``shares`` has for each of :data:`CLAIMED` the shares of topics that a team values, that it misses or is hurt by,
    and on which it is split (they add up to 1); ``agreement`` is how probable it is that somebody goes with their team.
    ``usual`` has for each kind of claim, ``does`` and ``gap``, the share of each view that teams have of such claims.
    """

    shares: Mapping[str, tuple[float, float, float]]
    agreement: float
    usual: Mapping[str, Mapping[Alignment, float]]

    def valued(self, alone: Sequence[float], kind: str) -> Numbers:
        """Probability that each observation of one topic values it, (n,), from what it says ``alone`` (n, 0 to 1).

        Bayes' rule over the three ways in which the team may lean; within one, people are independent. ``kind`` is one
        of :data:`CLAIMED`.
        """
        values, lacks = self._sides(alone)
        return np.asarray(self._weights(values + lacks, kind) @ (values / (values + lacks)))

    def views(self, speaking: Sequence[float], alone: Sequence[float], kind: str) -> dict[Alignment, float]:
        """Probability of each view that a team may have of one topic, where it is not sure who speaks to it.

        ``speaking`` has for each of n respondents how probable (0 to 1) it is that they do, ``alone`` how probable it
        is that they then value it. Within one way of leaning people are independent, so that the numbers on both
        sides are together Poisson-multinomial; each way weighs as much as by Bayes' rule. ``kind`` is one of
        :data:`CLAIMED`.
        """
        speaks = np.array(speaking, dtype=np.float64)
        values, lacks = (2 * speaks * side for side in self._sides(alone))  # 1 where the words favour no side
        told = 1 - speaks + values + lacks
        found = dict.fromkeys(Alignment, 0.0)
        chances = [_numbers(*ways) for ways in zip(values / told, lacks / told, strict=True)]
        together = np.tensordot(self._weights(told, kind), np.array(chances), axes=1)
        for (valuing, lacking), chance in np.ndenumerate(together):
            found[decide(valuing, lacking)] += float(chance)
        return found

    def _sides(self, alone: Sequence[float]) -> tuple[Numbers, Numbers]:
        """How probable it is that each values what they speak of, or misses it, for each of the three ways, (3, n)."""
        p = np.clip(np.array(alone, dtype=np.float64), _LEAST, 1 - _LEAST)
        going = np.array([self.agreement, 1 - self.agreement, 0.5])[:, None]
        return going * p, (1 - going) * (1 - p)

    def _weights(self, told: Numbers, kind: str) -> Numbers:
        """How probable each way of leaning is, (3,), from how well it explains what each person said, (3, n)."""
        evidence = np.log(self.shares[kind]) + np.log(told).sum(axis=1)
        weight = np.exp(evidence - evidence.max())
        return np.asarray(weight / weight.sum())


def kind_of_claim(stances: Iterable[Stance]) -> str:
    """Which of :data:`CLAIMED` holds for a topic with claims of these stances."""
    made = set(stances)
    return "does" if Stance.DOES in made else "gap" if made else "none"


def _numbers(values: Numbers, lacks: Numbers) -> Numbers:
    """Probability of each number of people who value something, by the number of those who miss it, (n + 1, n + 1)."""
    chance = np.zeros((len(values) + 1, len(values) + 1))
    chance[0, 0] = 1
    for value, lack in zip(values, lacks, strict=True):
        more = chance * (1 - value - lack)
        more[1:] += chance[:-1] * value
        more[:, 1:] += chance[:, :-1] * lack
        chance = more
    return chance
