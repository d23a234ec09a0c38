"""Which statements speak of the same behaviour or need: a pair model, and average-link clustering of what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.engines.embedded.model import Matrix

Numbers = NDArray[np.float64]

PAIR = ("near", "near_here", "behaviour", "behaviour_here", "words", "same_author")
"""What is known of a pair of statements: the names of :func:`pair_features`, in order."""

TYPICAL = ("near_typical", "near_spread", "behaviour_typical", "behaviour_spread")
"""Mean and standard deviation over the pairs of a team, as they are in most teams."""

_PRIOR = 8
_STEM = 5
_WORD = re.compile(r"[^\W\d_]{4,}")


def pair_features(
    vectors: Matrix, behaviours: Matrix, texts: Sequence[str], authors: Sequence[str], typical: Mapping[str, float]
) -> Numbers:
    """What is known of each pair of n sentences, (n, n, len(PAIR)).

    How near they are in the space of topics, how probable it is that they name the same behaviour, both also in
    relation to all other sentences of the set (what is near in one team is far in another); how many uncommon words
    they share; and whether one person said both, since people seldom speak of the same thing twice. ``typical`` has the
    values of :data:`TYPICAL`, which stand in for other sentences where there are few.
    """
    near = (vectors.astype(np.float64) @ vectors.T).clip(-1, 1)
    root = np.sqrt(behaviours.astype(np.float64))
    same = (root @ root.T).clip(0, 1)
    who = np.array(authors)
    one = (who[:, None] == who[None, :]).astype(np.float64)
    near_here = _relative(near, typical["near_typical"], typical["near_spread"])
    same_here = _relative(same, typical["behaviour_typical"], typical["behaviour_spread"])
    return np.stack([near, near_here, same, same_here, _shared_words(texts), one], axis=-1)


def pair_probabilities(features: Numbers, weights: Mapping[str, float]) -> Numbers:
    """Probability of each pair sharing a topic, (n, n): logistic, with the weights ``pair_bias``, ``pair_near`` ..."""
    z = weights["pair_bias"] + features @ np.array([weights[f"pair_{name}"] for name in PAIR])
    return np.asarray(1 / (1 + np.exp(-z)))


def cluster(probabilities: Numbers, threshold: float) -> list[list[int]]:
    """Groups of indices: the two groups whose pairs are most probable on average are joined, down to the threshold.

    Deterministic; groups and their members are in order of first index.
    """
    groups = [[i] for i in range(len(probabilities))]
    link = probabilities.copy()
    np.fill_diagonal(link, -1)
    while len(groups) > 1:
        a, b = sorted(int(i) for i in np.unravel_index(int(np.argmax(link)), link.shape))
        if link[a, b] < threshold:
            break
        size_a, size_b = len(groups[a]), len(groups[b])
        joined = (link[a] * size_a + link[b] * size_b) / (size_a + size_b)
        link[a], link[:, a] = joined, joined
        link[a, a] = -1
        link = np.delete(np.delete(link, b, axis=0), b, axis=1)
        groups[a] = sorted(groups[a] + groups.pop(b))
    return sorted(groups)


def _relative(closeness: Numbers, typical: float, spread: float) -> Numbers:
    """How far each pair stands out among all pairs of its two sentences, in standard deviations.

    Mean and deviation are drawn towards what is typical, as if so many more pairs had been seen for each sentence: in a
    small team that speaks of one thing only, that thing must not look ordinary.
    """
    others = closeness.copy()
    np.fill_diagonal(others, 0)
    pairs = len(others) - 1
    middle = (others.sum(1, keepdims=True) + _PRIOR * typical) / (pairs + _PRIOR)
    apart = (others - middle) ** 2
    np.fill_diagonal(apart, 0)
    deviation = np.sqrt((apart.sum(1, keepdims=True) + _PRIOR * spread**2) / (pairs + _PRIOR))
    stands_out = (closeness - middle) / deviation
    return np.asarray((stands_out + stands_out.T) / 2)


def _shared_words(texts: Sequence[str]) -> Numbers:
    """Cosine of the texts' words, cut to their first letters and weighted by how few texts of the set hold them."""
    held = [{word[:_STEM] for word in _WORD.findall(text.lower())} for text in texts]
    count = Counter(word for words in held for word in words)
    place = {word: n for n, word in enumerate(sorted(count))}
    table = np.zeros((len(texts), len(place)))
    for row, words in zip(table, held, strict=True):
        for word in words:
            row[place[word]] = np.log(len(texts) / count[word])
    length = np.sqrt((table**2).sum(1, keepdims=True))
    table = table / np.maximum(length, 1e-9)
    return np.asarray(table @ table.T)
