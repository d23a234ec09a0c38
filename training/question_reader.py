"""Train the reader of questions with a fixed seed, measure it on questions left out, and keep it beside the weights.

    .venv/bin/python training/question_reader.py

takes about four minutes on two cores, in the environment of the product. To be run after a change of
``training/questions/``, of the questions that rules are built from, of the weights, or of
what rules recognise in a question.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent))

from questions import Labelled, Seen, bags, digest, folds, kin, labelled, see, share_right, vocabulary

from assistant.engines.embedded.model import LanguageModel, Matrix
from assistant.engines.embedded.question_reader import LEARNED, PARTS, Vocabulary

SEED = 8
FOLDS = 5
HIDDEN = 256
TURNS = 12
AT_ONCE = 64
FIRST_STEP = 2e-3
DECAY = 0.05
LEAST_PACE = 0.02
LOUD = 6.0
"""The length of each view of a question that goes into the network."""

SPOKEN_LOUD = 5.0
LEFT_OUT = {"features": 0.1, "hidden": 0.3, "words": 0.2}
"""How much of each is left out at random while learning."""

SOFTENED = 0.05
"""How much of each label is spread over all values of its part."""


@dataclass
class Weights:
    """What is learned; shapes as in :class:`assistant.engines.embedded.question_reader.Learned`."""

    hidden: Matrix
    threshold: Matrix
    out: Matrix
    spoken: Matrix
    share: Matrix


@dataclass(frozen=True)
class Targets:
    """The right values as shares (n, o), which of them somebody told (n, o), and the outcomes of each part."""

    right: Matrix
    told: Matrix
    places: Mapping[str, slice]


def targets(questions: Sequence[Labelled], values: Mapping[str, tuple[str, ...]]) -> Targets:
    """The labels as numbers."""
    width = sum(map(len, values.values()))
    right, told = np.zeros((2, len(questions), width), dtype=np.float32)
    places, start = {}, 0
    for part, known in values.items():
        places[part] = slice(start, start + len(known))
        for n, question in enumerate(questions):
            if part in question.values:
                right[n, places[part]] = SOFTENED / len(known)
                right[n, start + known.index(question.values[part])] += 1 - SOFTENED
                told[n, places[part]] = 1
        start += len(known)
    return Targets(right, told, places)


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


def learn(seen: Matrix, spoken: Matrix, aims: Targets, draw: np.random.Generator) -> Weights:
    """Fit the network to scaled features (n, f) and weighed words (n, v), by AdamW with steps that grow smaller."""
    width = aims.right.shape[1]
    bound = seen.shape[1] ** -0.5, HIDDEN**-0.5
    made = Weights(
        draw.uniform(-bound[0], bound[0], (seen.shape[1], HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, dtype=np.float32),
        draw.uniform(-bound[1], bound[1], (HIDDEN, width)).astype(np.float32),
        np.zeros((spoken.shape[1], width), dtype=np.float32),
        np.zeros(width, dtype=np.float32),
    )
    first = {name: np.zeros_like(value) for name, value in vars(made).items()}
    second = {name: np.zeros_like(value) for name, value in vars(made).items()}
    batches = [start for _ in range(TURNS) for start in range(0, len(seen), AT_ONCE)]
    for step, start in enumerate(batches):
        if start == 0:
            order = draw.permutation(len(seen))
        some = order[start : start + AT_ONCE]
        slopes = _slopes(made, seen[some], spoken[some], aims, some, draw)
        pace = FIRST_STEP * max(LEAST_PACE, 1 - step / len(batches))
        for name, slope in slopes.items():
            value, one, two = getattr(made, name), first[name], second[name]
            one += 0.1 * (slope - one)
            two += 0.001 * (slope**2 - two)
            moved = one / (1 - 0.9 ** (step + 1)) / (np.sqrt(two / (1 - 0.999 ** (step + 1))) + 1e-8)
            value -= pace * (moved + DECAY * value)
    return made


def _slopes(
    made: Weights, seen: Matrix, spoken: Matrix, aims: Targets, some: NDArray[np.int64], draw: np.random.Generator
) -> dict[str, Matrix]:
    """How the loss of these questions changes with each weight: cross-entropy, a mean over those told of each part."""
    seen, spoken = _thinned(seen, LEFT_OUT["features"], draw), _thinned(spoken, LEFT_OUT["words"], draw)
    raw = seen @ made.hidden + made.threshold
    open_ = _thinned((raw > 0).astype(np.float32), LEFT_OUT["hidden"], draw)
    hidden = raw * open_
    outcomes = hidden @ made.out + SPOKEN_LOUD * spoken @ made.spoken + made.share
    wrong = np.zeros_like(outcomes)
    for place in aims.places.values():
        told = aims.told[some, place]
        off = shares(outcomes[:, place]) - aims.right[some, place]
        wrong[:, place] = off * told / max(1, told[:, 0].sum())
    back = wrong @ made.out.T * open_
    return {
        "hidden": seen.T @ back,
        "threshold": back.sum(axis=0),
        "out": hidden.T @ wrong,
        "spoken": SPOKEN_LOUD * spoken.T @ wrong,
        "share": wrong.sum(axis=0),
    }


def _thinned(values: Matrix, left_out: float, draw: np.random.Generator) -> Matrix:
    kept = draw.random(values.shape, dtype=np.float32) >= left_out
    return values * kept / np.float32(1 - left_out)


def shares(outcomes: Matrix) -> Matrix:
    """Probabilities, (n, values)."""
    raised = np.exp(outcomes - outcomes.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def foretold(made: Weights, seen: Matrix, spoken: Matrix) -> Matrix:
    """The outcomes for scaled features and weighed words, (n, o)."""
    return (
        np.maximum(seen @ made.hidden + made.threshold, 0) @ made.out + SPOKEN_LOUD * spoken @ made.spoken + made.share
    )


def sharpness(outcomes: Matrix, right: Matrix) -> float:
    """What outcomes of a part have to be multiplied by for their probabilities to be borne out best."""
    tried = np.linspace(0.4, 2.0, 33)
    return float(min(tried, key=lambda by: -np.log((shares(outcomes * by) * right).sum(axis=1)).mean()))


def quantised(weights: Matrix) -> tuple[NDArray[np.int8], Matrix]:
    """Weights as whole numbers, and the step of each column."""
    step = np.abs(weights).max(axis=0) / 127 + 1e-12
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


def fitted(
    seen: Seen, aims: Targets, of: NDArray[np.int64], draw: np.random.Generator
) -> tuple[Vocabulary, tuple[Matrix, Matrix], Weights]:
    """All that is learned from some of the questions."""
    known, (middle, scale) = vocabulary(seen, of), scaling(seen.features[of])
    own = Targets(aims.right[of], aims.told[of], aims.places)
    spoken = bags(seen, known)[of]
    return known, (middle, scale), learn((seen.features[of] - middle) * scale, spoken, own, draw)


def left_out(seen: Seen, aims: Targets) -> Matrix:
    """The outcomes of each question, (n, o), as foretold by those that are neither it nor almost it."""
    outcomes = np.zeros_like(aims.right)
    fold = folds(kin(seen.features[:, :384]), FOLDS, np.random.default_rng(SEED))
    for number in range(FOLDS):
        others, these = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        known, (middle, scale), made = fitted(seen, aims, others, np.random.default_rng(SEED))
        outcomes[these] = foretold(made, (seen.features[these] - middle) * scale, bags(seen, known)[these])
    return outcomes


def figures(
    questions: Sequence[Labelled], outcomes: Matrix, aims: Targets, values: Mapping[str, tuple[str, ...]]
) -> dict[str, float | int]:
    """How many questions there are, and what share of each part, and of all parts together, was told rightly."""
    told = {part: [values[part][n] for n in outcomes[:, aims.places[part]].argmax(axis=1)] for part in PARTS}
    right = {part: share_right(told[part], lambda n, part=part: questions[n].values.get(part)) for part in PARTS}  # type: ignore[misc]
    whole = [n for n, question in enumerate(questions) if set(PARTS) <= set(question.values)]
    all_parts = sum(all(told[part][n] == questions[n].values[part] for part in PARTS) for n in whole) / len(whole)
    return {"questions": len(questions), **right, "all": all_parts}


def sharpnesses(outcomes: Matrix, aims: Targets) -> dict[str, float]:
    """The sharpness of each part, by questions left out."""
    sharp = {}
    for part, place in aims.places.items():
        told = aims.told[:, place][:, 0] > 0
        sharp[part] = sharpness(outcomes[told, place], aims.right[told, place].round())
    return sharp


def keep(card: Mapping[str, Any], known: Vocabulary, scaled: tuple[Matrix, Matrix], made: Weights) -> None:
    """Write what was learned, large matrices as whole numbers of one byte."""
    large = {"hidden": made.hidden, "out": made.out, "spoken": made.spoken * np.float32(SPOKEN_LOUD)}
    whole = {name: quantised(weights) for name, weights in large.items()}
    np.savez_compressed(
        LEARNED,
        card=np.array(json.dumps({**card, "words": list(known.places), "corpus": digest()})),
        middle=scaled[0].astype(np.float16),
        scale=scaled[1],
        threshold=made.threshold,
        share=made.share,
        rarity=known.rarity,
        **{name: numbers for name, (numbers, _) in whole.items()},  # type: ignore[arg-type]
        **{f"{name}_step": step for name, (_, step) in whole.items()},  # type: ignore[arg-type]
    )


def main() -> None:
    """Measure, learn from all questions, and write."""
    model, questions = LanguageModel.load(), labelled()
    values = {part: tuple(sorted({q.values[part] for q in questions if part in q.values})) for part in PARTS}
    seen, aims = see(questions, model), targets(questions, values)
    outcomes = left_out(seen, aims)
    measured = figures(questions, outcomes, aims, values)
    print(json.dumps(measured, indent=1))
    sharp = sharpnesses(outcomes, aims)
    learned = fitted(seen, aims, np.arange(len(questions)), np.random.default_rng(SEED))
    keep({"version": model.version, "values": values, "sharpness": sharp, "figures": measured}, *learned)
    print(f"{LEARNED.stat().st_size:,} bytes in {LEARNED}")


if __name__ == "__main__":
    main()
