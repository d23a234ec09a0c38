"""Putting together what belongs together: average-link clustering of a matrix of links.

Source: Sokal and Michener 1958, "A statistical method for evaluating systematic relationships".
"""

from __future__ import annotations

import numpy as np

from assistant.engines.embedded.pairs import Numbers


def cluster(link: Numbers, threshold: float) -> list[list[int]]:
    """Groups of indices: the two groups whose pairs are linked best on average are joined, down to the threshold.

    ``link`` (n, n) is symmetric, in any unit that may be averaged. Deterministic; groups and their members are in order
    of first index.
    """
    groups = [[i] for i in range(len(link))]
    link = link.copy()
    np.fill_diagonal(link, -np.inf)
    while len(groups) > 1:
        a, b = sorted(int(i) for i in np.unravel_index(int(np.argmax(link)), link.shape))
        if link[a, b] < threshold:
            break
        size_a, size_b = len(groups[a]), len(groups[b])
        joined = (link[a] * size_a + link[b] * size_b) / (size_a + size_b)
        link[a], link[:, a] = joined, joined
        link[a, a] = -np.inf
        link = np.delete(np.delete(link, b, axis=0), b, axis=1)
        groups[a] = sorted(groups[a] + groups.pop(b))
    return sorted(groups)
