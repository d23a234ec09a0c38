"""What makes two statements speak of the same thing, learned from the rounds as the engine reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rounds import Round
from scoring import found, gold_statements, read
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.pairs import AGAIN, PAIR, TYPICAL, PairModel, second_look
from assistant.engines.embedded.reader import EmbeddedReader

MAY_SPEAK_AGAINST = frozenset({"same_author", "vague", "meant_apart", "company"})


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of what the engine reads in a round: features (n, n, :); which pairs are annotated, and their truth."""

    features: np.ndarray
    annotated: tuple[np.ndarray, np.ndarray]
    truth: np.ndarray


def pairs(model: LanguageModel, reader: EmbeddedReader, round_: Round) -> Pairs:
    """Features of all pairs of a round, and for those of two annotated statements whether they share a topic."""
    said = [s for reading in read(round_, reader) for s in reading.statements]
    topic: dict[int, str] = {}
    for want in gold_statements(round_):
        if (hit := found(want, said)) is not None:
            topic[said.index(hit)] = want.id.rsplit(":", 1)[1]
    upper = np.array([(i, j) for i in topic for j in topic if i < j], dtype=int).reshape(-1, 2).T
    truth = np.array([topic[i] == topic[j] for i, j in upper.T], dtype=bool)
    features = reader.pairs(said, model.see([s.text for s in said]))
    return Pairs(features, (upper[0], upper[1]), truth)


def looks(made: Sequence[Pairs]) -> dict[str, dict[str, float]]:
    """Weights of both looks at a pair, learned one after the other."""
    truth = np.concatenate([m.truth for m in made])
    first = for_it(np.concatenate([m.features[m.annotated] for m in made]), truth, PAIR)
    once = PairModel(first, (0.0,) * (1 + len(PAIR) + len(AGAIN)))
    again = [np.concatenate([m.features, second_look(once.once(m.features))], axis=-1) for m in made]
    features = np.concatenate([f[m.annotated] for f, m in zip(again, made, strict=True)])
    second = for_it(features, truth, (*PAIR, *AGAIN))
    names = {"first": ("constant", *PAIR), "second": ("constant", *PAIR, *AGAIN)}
    return {
        look: {name: round(w, 4) for name, w in zip(names[look], weights, strict=True)}
        for look, weights in (("first", first), ("second", second))
    }


def logistic(x: np.ndarray, y: np.ndarray) -> tuple[float, ...]:
    """Weights of a logistic regression over features as they are, the constant first; a little ridge on scaled ones."""
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(scaler.transform(x), y)
    weights = model.coef_[0] / scaler.scale_
    return (float(model.intercept_[0] - weights @ scaler.mean_), *map(float, weights))


def for_it(x: np.ndarray, y: np.ndarray, names: Sequence[str]) -> tuple[float, ...]:
    """The same, but what speaks for a common topic never speaks against it beside the other features.

    A feature whose weight would be negative is left out, but for those of which that is the point. Without this a team
    that speaks of one thing only falls apart: there everything is near, and being near would count against a pair.
    """
    used = list(range(len(names)))
    while True:
        constant, *weights = logistic(x[:, used], y)
        wrong = [n for n, w in zip(used, weights, strict=True) if w < 0 and names[n] not in MAY_SPEAK_AGAINST]
        if not wrong:
            by_place = dict(zip(used, weights, strict=True))
            return (constant, *(by_place.get(n, 0.0) for n in range(len(names))))
        used.remove(min(wrong, key=lambda n: weights[used.index(n)] * float(x[:, n].std())))


def typical(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, float]:
    """Mean and standard deviation of the pairs of a team's statements: how near, and how alike in behaviour."""
    near, same = [], []
    for round_ in rounds:
        seen = model.see([s.text for s in gold_statements(round_)])
        upper = np.triu_indices(len(seen.vectors), 1)
        root = np.sqrt(seen.behaviours)
        near.append((seen.vectors @ seen.vectors.T)[upper])
        same.append((root @ root.T)[upper])
    values = [f(part) for part in (np.concatenate(near), np.concatenate(same)) for f in (np.mean, np.std)]
    return dict(zip(TYPICAL, map(float, values), strict=True))
