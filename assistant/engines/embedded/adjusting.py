"""Learning from corrections: what the model sees, adjusted a little by what people of this house have said."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, stdev
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.domain.corrections import Adjustment, Example, Measured, Measurement
from assistant.domain.words import ConversationKind
from assistant.engines.embedded.foretelling import Answers, Neighbours, Numbers, Shifts, mixed, shifted
from assistant.engines.embedded.model import Labels, Matrix, Sentences


class Seeing(Protocol):
    """What reading needs of the model."""

    @property
    def labels(self) -> Labels:
        """The names of its classes."""
        ...

    def see(self, texts: Sequence[str]) -> Sentences:
        """What it sees in n sentences."""
        ...


class Learner:
    """Learns from examples whose behaviour the model knows; the others teach nothing."""

    def __init__(self, model: Seeing, examples: Sequence[Example]) -> None:
        labels = model.labels
        known = [(e, e.meant) for e in examples if e.meant is not None and e.meant.behaviour in labels.behaviours]
        numbers = {author: n for n, author in enumerate(sorted({e.author for e, _ in known}))}
        seen = model.see([e.text for e, _ in known])
        people = np.array([numbers[e.author] for e, _ in known], dtype=np.intp)
        right = np.array([labels.behaviours.index(m.behaviour) for _, m in known], dtype=np.intp)
        self._behaviours = Answers(seen.behaviours.astype(np.float64), right, people)
        self._neighbours = Neighbours(seen.vectors, self._behaviours)

        def stances(kind: ConversationKind, said: Matrix, names: tuple[str, ...]) -> Answers:
            rows = [n for n, (e, m) in enumerate(known) if e.kind is kind and m.stance.value in names]
            meant = np.array([names.index(known[n][1].stance.value) for n in rows], dtype=np.intp)
            return Answers(said[rows].astype(np.float64), meant, people[rows])

        self._claims = stances(ConversationKind.REFLECTION, seen.claim_stances, labels.claim_stances)
        self._observations = stances(ConversationKind.FEEDBACK, seen.observation_stances, labels.observation_stances)

    def measure(self) -> Measurement:
        """How often it is right without and with the adjustment, each person foretold from the others alone."""
        sides = (self._claims, self._observations)
        stances = Answers(
            np.concatenate([side.said for side in sides]),
            np.concatenate([side.right for side in sides]),
            np.concatenate([side.people for side in sides]),
        )
        foretold = np.concatenate([Shifts(side).foretold() for side in sides])
        return Measurement(
            _measured(self._behaviours, self._neighbours.foretold()),
            _measured(stances, foretold),
        )

    def learned(self, use: Adjustment) -> Learned:
        """What is laid over the model where the adjustment is in use."""
        nothing = np.zeros(self._claims.said.shape[1])
        return Learned(
            self._neighbours,
            self._neighbours.strength() if use.behaviours else math.inf,
            Shifts(self._claims).learned() if use.stances else nothing,
            Shifts(self._observations).learned() if use.stances else nothing,
        )


@dataclass(frozen=True)
class Learned:
    """An adjustment: neighbours with the weight of the model against them, and a shift of stances for each side."""

    neighbours: Neighbours
    weight: float
    claims: Numbers
    observations: Numbers

    def adjust(self, seen: Sentences) -> Sentences:
        """What the model sees, adjusted."""
        behaviours = mixed(seen.behaviours.astype(np.float64), self.neighbours.evidence(seen.vectors), self.weight)
        return replace(
            seen,
            behaviours=behaviours.astype(np.float32),
            claim_stances=shifted(seen.claim_stances.astype(np.float64), self.claims).astype(np.float32),
            observation_stances=shifted(seen.observation_stances.astype(np.float64), self.observations).astype(
                np.float32
            ),
        )


@dataclass(frozen=True)
class AdjustedModel:
    """The model as the reader sees it where an adjustment is in use."""

    model: Seeing
    learned: Learned

    @property
    def labels(self) -> Labels:
        """Those of the model."""
        return self.model.labels

    def see(self, texts: Sequence[str]) -> Sentences:
        """What the model sees, adjusted."""
        return self.learned.adjust(self.model.see(texts))


def fingerprint(examples: Sequence[Example], use: Adjustment) -> str:
    """Six hexadecimal digits that change with what is learned from and for what it is used."""
    rows = [[e.author, e.kind, e.text, e.meant.behaviour, e.meant.stance] for e in examples if e.meant is not None]
    content = json.dumps([rows, use.behaviours, use.stances])
    return hashlib.sha256(content.encode()).hexdigest()[:6]


def _measured(answers: Answers, foretold: Numbers) -> Measured:
    without, with_it = answers.right_by_person(answers.said), answers.right_by_person(foretold)
    low, high = _interval((with_it - without).tolist())
    return Measured(_mean(without), _mean(with_it), low, high)


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _interval(gains: Sequence[float]) -> tuple[float, float]:
    """Where the mean gain of a person lies with 95 % probability, by Student's t; all is open below two people."""
    if len(gains) < 2:
        return -1.0, 1.0
    z, freedom = 1.96, len(gains) - 1
    t = z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
    half = t * stdev(gains) / math.sqrt(len(gains))
    return fmean(gains) - half, fmean(gains) + half
