"""What a doubtful observation most likely means beside the others on its topic: people of one team mostly agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.domain.words import Stance
from assistant.engines.embedded.pairs import Numbers

CLAIMED = ("does", "gap", "none")
"""What the manager says of a topic: that they do it, that there is a gap, or nothing."""

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Leaning:
    """How teams lean, as counted in annotated rounds.

    ``shares`` has for each of :data:`CLAIMED` the shares of topics that a team values, that it misses or is hurt by,
    and on which it is split (they add up to 1); ``agreement`` is how probable it is that somebody goes with their team.
    """

    shares: Mapping[str, tuple[float, float, float]]
    agreement: float

    def valued(self, alone: Sequence[float], claimed: str) -> Numbers:
        """Probability that each observation of one topic values it, (n,), from what it says ``alone`` (0 to 1).

        Bayes' rule over the three ways in which the team may lean; within one, people are independent.
        """
        p = np.clip(np.array(alone, dtype=np.float64), _LEAST, 1 - _LEAST)
        going = np.array([self.agreement, 1 - self.agreement, 0.5])[:, None]
        values, lacks = going * p, (1 - going) * (1 - p)
        evidence = np.log(self.shares[claimed]) + np.log(values + lacks).sum(axis=1)
        weight = np.exp(evidence - evidence.max())
        return np.asarray((weight / weight.sum()) @ (values / (values + lacks)))


def claimed(stances: Iterable[Stance]) -> str:
    """Which of :data:`CLAIMED` holds for a topic with claims of these stances."""
    made = set(stances)
    return "does" if Stance.DOES in made else "gap" if made else "none"
