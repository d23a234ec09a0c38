"""Foretelling what a statement is from what others were corrected to, with the strength chosen inside.

What a statement is about is adjusted by its neighbours: corrected statements that the encoder places near it speak for
the behaviour that their author gave. A person speaks once for each behaviour, by the nearest statement, and the one who
speaks loudest is not counted, so that nothing moves unless a second person says the same. How a statement is meant is
adjusted by one small shift a class. Both are bounded, and how strong they are is chosen by how well they foretell the
corrections of people who were left out; not at all is one of the choices, and the one that is taken where in doubt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engines.embedded.model import Matrix

NEAR_FROM = 0.3
NEIGHBOURS_AT_MOST = 4.0
SHIFT_AT_MOST = 1.0
TIMES_A_PERSON = 10
MODEL_WEIGHTS = (np.inf, 3.0, 1.0, 0.5)
SHIFT_WEIGHTS = (np.inf, 30.0, 10.0)

Numbers = NDArray[np.float64]
Which = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Answers:
    """n corrected statements: what the model says (n, classes), the right class (n), and who said it (n)."""

    said: Numbers
    right: NDArray[np.intp]
    people: NDArray[np.intp]

    @property
    def everybody(self) -> list[int]:
        """The numbers of the people."""
        return sorted(set(self.people.tolist()))

    @property
    def all(self) -> Which:
        """Every one of them."""
        return np.ones(len(self.right), dtype=np.bool_)

    def right_by_person(self, probabilities: Numbers) -> Numbers:
        """The share of right answers of each person's statements."""
        return _by_person((probabilities.argmax(axis=1) == self.right).astype(np.float64), self.people)

    def best(self, which: Which, tried: Sequence[Numbers]) -> int:
        """The first of the tried probabilities that foretell ``which`` best; each person counts the same."""
        right = self.right[which]
        if not len(right):
            return 0
        likelihood = [np.log(p[np.arange(len(right)), right] + 1e-6) for p in tried]
        return int(np.argmax([round(float(_by_person(one, self.people[which]).mean()), 6) for one in likelihood]))


class Neighbours:
    """Adjusts probabilities by corrected statements that lie near."""

    def __init__(self, vectors: Matrix, answers: Answers) -> None:
        self._vectors, self._answers = vectors, answers
        self._voices = {c: self._voices_for(c) for c in sorted(set(answers.right.tolist()))}

    def evidence(self, vectors: Matrix, own: NDArray[np.intp] | None = None, without: int = -1) -> Numbers:
        """How loudly people speak for each class at n places, (n, classes).

        Not counted are the person ``without`` and, at each place, the person given by ``own`` (n).
        """
        near = np.clip((vectors.astype(np.float64) @ self._vectors.T - NEAR_FROM) / (1 - NEAR_FROM), 0, None) ** 2
        found = np.zeros((len(vectors), self._answers.said.shape[1]))
        for c, voices in self._voices.items():
            kept = [person for person in voices if person != without]
            if len(kept) < 2:
                continue
            loud = np.stack([near[:, voices[person]].max(axis=1) for person in kept], axis=1)
            if own is not None:
                loud[own[:, None] == np.array(kept)[None, :]] = 0
            found[:, c] = loud.sum(axis=1) - loud.max(axis=1)
        return found

    def foretold(self) -> Numbers:
        """Probabilities for every statement, learned and made as strong as is best without its author."""
        answers, found = self._answers, self._answers.said.copy()
        for person in answers.everybody:
            mine = answers.people == person
            weight = self._best(~mine, person)
            found[mine] = mixed(answers.said[mine], self.evidence(self._vectors[mine], without=person), weight)
        return found

    def strength(self) -> float:
        """The model's weight that is best over all."""
        return self._best(self._answers.all, -1)

    def _best(self, which: Which, without: int) -> float:
        said = self._answers.said[which]
        evidence = self.evidence(self._vectors[which], self._answers.people[which], without)
        return MODEL_WEIGHTS[self._answers.best(which, [mixed(said, evidence, w) for w in MODEL_WEIGHTS])]

    def _voices_for(self, c: int) -> dict[int, NDArray[np.intp]]:
        of_it = self._answers.right == c
        people = sorted(set(self._answers.people[of_it].tolist()))
        return {person: np.flatnonzero(of_it & (self._answers.people == person)) for person in people}


class Shifts:
    """Adjusts probabilities by one shift a class."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def foretold(self) -> Numbers:
        """Probabilities for every statement, learned and made as strong as is best without its author."""
        answers, found = self._answers, self._answers.said.copy()
        for person in answers.everybody:
            mine = answers.people == person
            found[mine] = shifted(answers.said[mine], self.shift(~mine, self._best(~mine)))
        return found

    def learned(self) -> Numbers:
        """The shift that is learned from all, as strong as is best."""
        return self.shift(self._answers.all, self._best(self._answers.all))

    def shift(self, which: Which, weight: float) -> Numbers:
        """One number a class, to add to the log of its probability."""
        answers = self._answers
        if np.isinf(weight):
            return np.zeros(answers.said.shape[1])
        people = answers.people[which].tolist()
        times = Counter(people)
        share = np.array([min(1.0, TIMES_A_PERSON / times[person]) for person in people])
        expected = (answers.said[which] * share[:, None]).sum(axis=0)
        found = np.bincount(answers.right[which], weights=share, minlength=answers.said.shape[1])
        return np.asarray(np.clip(np.log((found + weight) / (expected + weight)), -SHIFT_AT_MOST, SHIFT_AT_MOST))

    def _best(self, which: Which) -> float:
        answers, tried = self._answers, []
        for weight in SHIFT_WEIGHTS:
            found = answers.said.copy()
            for person in sorted(set(answers.people[which].tolist())):
                mine = which & (answers.people == person)
                found[mine] = shifted(answers.said[mine], self.shift(which & ~mine, weight))
            tried.append(found[which])
        return SHIFT_WEIGHTS[answers.best(which, tried)]


def mixed(said: Numbers, evidence: Numbers, weight: float) -> Numbers:
    """The model counts as much as ``weight`` voices; all neighbours together at most four times that."""
    if np.isinf(weight):
        return said
    total = np.maximum(evidence.sum(axis=1, keepdims=True), 1e-9)
    both = weight * said + evidence * np.minimum(1, NEIGHBOURS_AT_MOST * weight / total)
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def shifted(said: Numbers, shift: Numbers) -> Numbers:
    """Probabilities with a shift added to their logs."""
    moved = said * np.exp(shift)
    return np.asarray(moved / moved.sum(axis=1, keepdims=True))


def _by_person(values: Numbers, people: NDArray[np.intp]) -> Numbers:
    return np.array([values[people == person].mean() for person in sorted(set(people.tolist()))])
