"""Which statements speak of the same behaviour or need: average-link clustering of pair probabilities."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from assistant.engines.embedded.model import Matrix


def pair_probabilities(vectors: Matrix, behaviours: Matrix, weights: Mapping[str, float]) -> NDArray[np.float64]:
    """Probability for each pair of n sentences that they share a topic, (n, n).

    A logistic function of how near the sentences are and how probable it is that they name the same behaviour; the
    ``weights`` (bias, near, behaviour) were learned on teams that the encoder was not trained on.
    """
    near = vectors.astype(np.float64) @ vectors.T
    root = np.sqrt(behaviours.astype(np.float64))
    same_behaviour = root @ root.T
    z = weights["pair_bias"] + weights["pair_near"] * near + weights["pair_behaviour"] * same_behaviour
    return np.asarray(1 / (1 + np.exp(-z)))


def cluster(probabilities: NDArray[np.float64], threshold: float) -> list[list[int]]:
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
