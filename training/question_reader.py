"""Train the reader of questions with a fixed seed, measure it on questions left out, and keep it beside the weights.

    script/train-questions

does it all, in a quarter of an hour on two cores: ``training/questions.py`` reads the questions with the model in the
environment of the product, and this learns from them in that of the training. To be run after a change of
``training/questions/``, of the questions that rules are built from, of the weights, or of what rules recognise in a
question.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from network import BRANCH, load_base
from question_network import SPOKEN_LOUD, Given, Reading, foretold, learn
from seen_questions import SEEN, Seen, bags, folds, kin, vocabulary

from assistant.engines.embedded.model import Matrix
from assistant.engines.embedded.question_reader import LAYER, LEARNED, PARTS, STEP, Vocabulary

SEED = 8
FOLDS = 4
LOUD = 6.0
"""The length of each view of a question that goes into the network."""

UNTOLD = -100
LARGE = 4_096
"""Matrices of more numbers are kept as whole numbers of one byte."""


def places_of(values: Mapping[str, Sequence[str]]) -> dict[str, slice]:
    """Where the outcomes of each part stand."""
    places, start = {}, 0
    for part, known in values.items():
        places[part] = slice(start, start + len(known))
        start += len(known)
    return places


def right_values(seen: Seen, values: Mapping[str, Sequence[str]]) -> NDArray[np.int64]:
    """The number of the right value of each part, (n, parts)."""
    return np.array(
        [
            [known.index(told[part]) if part in told else UNTOLD for part, known in values.items()]
            for told in seen.values
        ]
    )


def scaling(seen: Matrix) -> tuple[Matrix, Matrix]:
    """The middle of the features, and what brings each view (four of one length, and the rest) to its loudness."""
    middle = seen.mean(axis=0)
    length = 384
    ends = [*range(length, 4 * length + 1, length), seen.shape[1]]
    views = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    off = seen - middle
    scale = np.concatenate(
        [np.full(v.stop - v.start, LOUD / np.sqrt((off[:, v] ** 2).sum(axis=1).mean())) for v in views]
    )
    return middle.astype(np.float32), scale.astype(np.float32)


class Learning:
    """What is learned from, and how."""

    def __init__(self, seen: Seen, begun: nn.Module) -> None:
        self.seen, self.begun = seen, begun
        self.values = {part: tuple(sorted({one[part] for one in seen.values if part in one})) for part in PARTS}
        self.places = places_of(self.values)
        self.right = right_values(seen, self.values)

    def fitted(self, of: NDArray[np.int64]) -> tuple[Vocabulary, tuple[Matrix, Matrix], Reading, Given]:
        """All that is learned from some of the questions, and all questions as they are given to it."""
        seen = self.seen
        known, (middle, scale) = vocabulary(seen, of), scaling(seen.features[of])
        given = Given(
            [torch.from_numpy(words) for words in seen.halfway],
            torch.from_numpy((seen.features - middle) * scale),
            torch.from_numpy(bags(seen, known)),
        )
        reading = learn(self.begun, given.of(of), self.right[of], self.places, SEED)
        return known, (middle, scale), reading, given

    def left_out(self) -> Matrix:
        """The outcomes of each question, (n, o), as foretold by those that are neither it nor almost it."""
        outcomes = np.zeros((len(self.right), max(place.stop for place in self.places.values())), dtype=np.float32)
        fold = folds(kin(self.seen.features[:, :384]), FOLDS, np.random.default_rng(SEED))
        for number in range(FOLDS):
            these = np.flatnonzero(fold == number)
            _, _, reading, given = self.fitted(np.flatnonzero(fold != number))
            outcomes[these] = foretold(reading, given.of(these))
            print(f"part {number + 1} of {FOLDS} left out and foretold", flush=True)
        return outcomes

    def figures(self, outcomes: Matrix) -> dict[str, float | int]:
        """How many questions there are, and what share of each part, and of all parts together, was told rightly."""
        told = np.stack([outcomes[:, place].argmax(axis=1) for place in self.places.values()], axis=1)
        is_right, is_told = told == self.right, self.right != UNTOLD
        each = {part: float(is_right[is_told[:, n], n].mean()) for n, part in enumerate(PARTS)}
        return {"questions": len(told), **each, "all": float(is_right[is_told.all(axis=1)].all(axis=1).mean())}

    def sharpnesses(self, outcomes: Matrix) -> dict[str, float]:
        """The sharpness of each part, by questions left out."""
        is_told = self.right != UNTOLD
        return {
            part: sharpness(outcomes[is_told[:, n], place], self.right[is_told[:, n], n])
            for n, (part, place) in enumerate(self.places.items())
        }


def sharpness(outcomes: Matrix, right: NDArray[np.int64]) -> float:
    """What outcomes of a part have to be multiplied by for their probabilities to be borne out best."""
    lost = torch.nn.functional.cross_entropy
    tried = np.linspace(0.4, 2.0, 33)
    return float(min(tried, key=lambda by: float(lost(torch.tensor(outcomes * by), torch.tensor(right)))))


def quantised(weights: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Weights as whole numbers, and the step of each column."""
    step = np.abs(weights).max(axis=0) / 127 + 1e-12
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


def keep(card: Mapping[str, Any], known: Vocabulary, scaled: tuple[Matrix, Matrix], reading: Reading) -> None:
    """Write what was learned."""
    learned = {name.replace("layer.", LAYER): one.detach().numpy() for name, one in reading.named_parameters()}
    learned["spoken"] = learned["spoken"] * np.float32(SPOKEN_LOUD)
    kept: dict[str, Any] = {"middle": scaled[0].astype(np.float16), "scale": scaled[1], "rarity": known.rarity}
    for name, matrix in learned.items():
        if matrix.size > LARGE:
            kept[name], kept[f"{name}{STEP}"] = quantised(matrix)
        else:
            kept[name] = matrix
    np.savez_compressed(LEARNED, card=np.array(json.dumps({**card, "words": list(known.places)})), **kept)


def main() -> None:
    """Measure, learn from all questions, and write."""
    layers = load_base()[0].encoder.layer
    learning = Learning(Seen.load(SEEN), layers[len(layers) - BRANCH])
    outcomes = learning.left_out()
    measured = learning.figures(outcomes)
    print(json.dumps(measured, indent=1))
    card = {**learning.seen.card, "values": learning.values, "sharpness": learning.sharpnesses(outcomes)}
    known, scaled, reading, _ = learning.fitted(np.arange(len(learning.right)))
    keep({**card, "figures": measured}, known, scaled, reading)
    print(f"{LEARNED.stat().st_size:,} bytes in {LEARNED}")


if __name__ == "__main__":
    main()
