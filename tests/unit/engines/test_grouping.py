"""Grouping statements by how probable each pair is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engines.embedded.grouping import cluster


def symmetric(seed: int, size: int) -> np.ndarray:
    """Probabilities of all pairs, each different from every other."""
    drawn = np.triu(np.random.default_rng(seed).random((size, size)), 1)
    return drawn + drawn.T + np.eye(size)


def by_hand(probabilities: np.ndarray, threshold: float) -> set[frozenset[int]]:
    """Average linkage as the books have it, from the pairs themselves at each step."""
    groups = [frozenset([i]) for i in range(len(probabilities))]
    while len(groups) > 1:
        mean = {
            (a, b): float(np.mean([probabilities[i, j] for i in a for j in b]))
            for a in groups
            for b in groups
            if a != b
        }
        best = max(mean, key=lambda pair: mean[pair])
        if mean[best] < threshold:
            break
        groups = [g for g in groups if g not in best] + [best[0] | best[1]]
    return set(groups)


sizes, seeds, thresholds = st.integers(0, 9), st.integers(0, 10_000), st.floats(0.1, 0.9)


@settings(max_examples=40, deadline=None)
@given(seeds, sizes, thresholds)
def test_groups_are_those_of_average_linkage(seed, size, threshold):
    """The quick way gives what the slow way gives; each statement is in exactly one group, in order."""
    probabilities = symmetric(seed, size)
    before = probabilities.copy()
    groups = cluster(probabilities, threshold)
    assert {frozenset(group) for group in groups} == by_hand(probabilities, threshold)
    assert sorted(i for group in groups for i in group) == list(range(size))
    assert groups == sorted(sorted(group) for group in groups)
    assert np.array_equal(probabilities, before)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(2, 12), thresholds, st.randoms(use_true_random=False))
def test_the_order_of_statements_does_not_matter(seed, size, threshold, random):
    """Shuffled statements fall into the same groups, and the same statements twice into the same lists."""
    probabilities = symmetric(seed, size)
    order = list(range(size))
    random.shuffle(order)
    shuffled = cluster(probabilities[np.ix_(order, order)], threshold)
    groups = cluster(probabilities, threshold)
    assert {frozenset(order[i] for i in group) for group in shuffled} == {frozenset(group) for group in groups}
    assert cluster(probabilities, threshold) == groups


def test_a_group_is_joined_by_its_average_and_not_by_its_best_pair():
    """One good pair between two groups does not chain them together."""
    chain = np.array([[1, 0.9, 0.1], [0.9, 1, 0.7], [0.1, 0.7, 1]])
    assert cluster(chain, 0.5) == [[0, 1], [2]]
    assert cluster(chain, 0.39) == [[0, 1, 2]]


def test_links_may_have_any_unit():
    """Averages of log-odds join what is likelier than not, below and above zero alike."""
    link = np.array([[9, 2, -3], [2, 9, 0], [-3, 0, 9]], dtype=float)
    assert cluster(link, 0) == [[0, 1], [2]]
    assert cluster(link, -1.6) == [[0, 1, 2]]
