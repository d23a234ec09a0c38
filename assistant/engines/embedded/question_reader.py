"""What a small trained reader makes of a question: a guess at each of its parts, and how sure it is of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from math import log
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from assistant.domain.errors import Broken
from assistant.engines.embedded.model import WEIGHTS, Insight, Matrix
from assistant.engines.embedded.question_layer import Layer

LEARNED = WEIGHTS / "question_reader.npz"
NONE = "none"
"""The value of a part that a question says nothing of."""

LAYER, STEP = "layer_", "_step"
"""What the names in the file begin with for matrices of the layer, and end with for the steps of whole numbers."""

SIGNS_COUNT = 2.0
"""How much more what rules recognise counts than the words of a question, at first; the rest is learned."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The most probable value of a part, and its probability as it was found where the reader had not learned."""

    value: str
    sure: float


@dataclass(frozen=True, slots=True)
class Guesses:
    """A guess at each part of a question.

    ``aim`` is an :class:`Aim`, ``behaviour`` an id, ``why`` is ``yes`` or none; the others are values of what they are
    called after.
    """

    aim: Guess
    behaviour: Guess
    fundamental: Guess
    comparison: Guess
    change: Guess
    order: Guess
    why: Guess


PARTS = tuple(field.name for field in fields(Guesses))
UNSURE = Guesses(*(Guess(NONE, 0.0) for _ in PARTS))
"""What is made of a question that nothing is made of."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and signs that are known, with how rare each is."""

    places: Mapping[str, int]
    rarity: Matrix

    def weighed(self, words: Sequence[str], signs: Collection[str]) -> tuple[list[int], Matrix]:
        """The places of what is known in a question, and what each weighs; words and signs are of a set length each."""
        said, seen = self._weighed(words), self._weighed(tuple(signs))
        weights = [*said.values(), *(SIGNS_COUNT * weight for weight in seen.values())]
        return [*said, *seen], np.array(weights, dtype=np.float32)

    def _weighed(self, words: Sequence[str]) -> dict[int, float]:
        often = Counter(self.places[word] for word in words if word in self.places)
        raw = {place: (1 + log(number)) * float(self.rarity[place]) for place, number in often.items()}
        length = sum(weight**2 for weight in raw.values()) ** 0.5
        return {place: weight / length for place, weight in raw.items()}


def features(insight: Insight) -> Matrix:
    """What is taken from the model of a question, (1634): four views of it of unit length, and all heads."""
    views = (insight.vector, insight.words.mean(axis=0), insight.words.max(axis=0), insight.manner)
    return np.concatenate([*(view / np.linalg.norm(view) for view in views), insight.logits])


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned from questions with labels: ``f`` features, ``h`` hidden units, ``v`` words, ``o`` outcomes.

    ``values`` are the values of each part, their outcomes one part after the other; ``layer`` pools words to ``p``
    features; ``middle`` and ``scale`` (f) of the others; ``hidden`` (p + f, h) with ``threshold`` (h); ``out`` (h, o),
    ``spoken`` (v, o) and ``share`` (o); ``sharpness`` of each part makes its probabilities what they are found to be.
    """

    values: Mapping[str, tuple[str, ...]]
    vocabulary: Vocabulary
    layer: Layer
    middle: Matrix
    scale: Matrix
    hidden: Matrix
    threshold: Matrix
    out: Matrix
    spoken: Matrix
    share: Matrix
    sharpness: Mapping[str, float]


class QuestionReader:
    """Reads a question by a small network over what the model knows of it, its words and its signs."""

    def __init__(self, learned: Learned) -> None:
        self._learned = learned

    @classmethod
    def load(cls, version: str, file: Path = LEARNED) -> QuestionReader:
        """That of the package; raises Broken where it is missing, damaged or not made for weights ``version``."""
        try:
            with np.load(file, allow_pickle=False) as kept:
                card = json.loads(str(kept["card"]))
                learned = _learned(card, {name: kept[name] for name in kept.files if name != "card"})
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise Broken(f"{file} cannot be read. Install Value Loop again.") from error
        if card["version"] != version:
            raise Broken(f"{file} does not belong to the weights beside it. Install Value Loop again.")
        return cls(learned)

    def read(self, insight: Insight, words: Sequence[str], signs: Collection[str]) -> Guesses:
        """A guess at each part of the question that ``insight``, ``words`` and ``signs`` are of."""
        known = self._learned
        scaled = (features(insight) - known.middle) * known.scale
        hidden = np.concatenate([known.layer.pooled(insight.words), scaled]) @ known.hidden + known.threshold
        places, weights = known.vocabulary.weighed(words, signs)
        outcomes = np.maximum(hidden, 0) @ known.out + weights @ known.spoken[places] + known.share
        guesses, start = [], 0
        for part in PARTS:
            values = known.values[part]
            guesses.append(_guess(outcomes[start : start + len(values)] * known.sharpness[part], values))
            start += len(values)
        return Guesses(*guesses)


def figures(file: Path = LEARNED) -> dict[str, Any]:
    """How many questions the reader learned from, and what share of each part it tells of questions left out."""
    with np.load(file, allow_pickle=False) as kept:
        read: dict[str, Any] = json.loads(str(kept["card"]))["figures"]
        return read


def _guess(outcomes: Matrix, values: Sequence[str]) -> Guess:
    shares = np.exp(outcomes - outcomes.max())
    shares /= shares.sum()
    best = int(shares.argmax())
    return Guess(values[best], float(shares[best]))


def _learned(card: Mapping[str, Any], kept: Mapping[str, Any]) -> Learned:
    whole = {name: _whole(name, kept) for name in kept if not name.endswith(STEP)}
    own = {name.removeprefix(LAYER): matrix for name, matrix in whole.items() if name.startswith(LAYER)}
    places = {word: place for place, word in enumerate(card["words"])}
    return Learned(
        values={part: tuple(card["values"][part]) for part in PARTS},
        vocabulary=Vocabulary(places, whole["rarity"]),
        layer=Layer.of(own),
        sharpness={part: float(card["sharpness"][part]) for part in PARTS},
        **{name: whole[name] for name in ("middle", "scale", "hidden", "threshold", "out", "spoken", "share")},
    )


def _whole(name: str, kept: Mapping[str, Any]) -> Matrix:
    """A matrix as it was learned; large ones are kept as whole numbers, with the step of each column."""
    matrix = np.asarray(kept[name], dtype=np.float32)
    return matrix * kept[f"{name}{STEP}"] if f"{name}{STEP}" in kept else matrix
