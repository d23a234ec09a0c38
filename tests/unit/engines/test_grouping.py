"""Grouping statements by how probable each pair is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engines.embedded.grouping import PAIR, TYPICAL, cluster, pair_features, pair_probabilities


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


def features(vectors, behaviours, texts=None, authors=None) -> np.ndarray:
    """The features of pairs, of sentences that share no word and come from different people unless told so."""
    count = len(vectors)
    texts = [chr(97 + n) * 6 for n in range(count)] if texts is None else texts
    authors = [f"m{n}" for n in range(count)] if authors is None else authors
    typical = dict(zip(TYPICAL, (0.2, 0.2, 0.2, 0.2), strict=True))
    return pair_features(
        np.array(vectors, dtype=np.float32), np.array(behaviours, dtype=np.float32), texts, authors, typical
    )


def of(name: str, found: np.ndarray) -> np.ndarray:
    """One feature of all pairs."""
    return found[..., PAIR.index(name)]


def test_near_and_same_behaviour_are_what_the_model_says_of_a_pair():
    """The cosine of the vectors, and how far two sentences agree on the behaviour that they name."""
    found = features([[1, 0], [1, 0], [0, 1]], [[1, 0], [0, 1], [1, 0]])
    assert of("near", found)[0] == pytest.approx([1, 1, 0])
    assert of("behaviour", found)[0] == pytest.approx([1, 0, 1])


def test_a_pair_stands_out_against_the_rest_of_its_team():
    """The same nearness counts more where nothing else is near, and less where all is."""
    one, other = [1.0, 0.0, 0.0], [0.8, 0.6, 0.0]
    alone = features([one, other, *[[0, 0, 1.0], [0, 0, -1.0]] * 4], [[1, 0]] * 10)
    crowd = features([one, other, *[[0.9, 0.436, 0], [0.85, 0.527, 0]] * 4], [[1, 0]] * 10)
    assert of("near", alone)[0, 1] == pytest.approx(of("near", crowd)[0, 1], abs=1e-6)
    assert of("near_here", alone)[0, 1] > of("near_here", crowd)[0, 1] + 1


def test_what_a_small_team_speaks_of_alone_does_not_look_ordinary():
    """Three sentences on one thing and nothing else are still far nearer than sentences are as a rule."""
    found = features([[1.0, 0.0], [0.98, 0.2], [0.98, -0.2]], [[1, 0]] * 3)
    assert of("near_here", found)[np.triu_indices(3, 1)].min() > 1


def test_words_that_few_share_count_and_words_that_all_use_do_not():
    """Being in every text of the set makes a word worth nothing."""
    texts = [
        "the rota changes hourly",
        "our rota changed again",
        "a forklift broke, rota fine",
        "forklifts, rota, rain",
    ]
    found = of("words", features([[1, 0]] * 4, [[1, 0]] * 4, texts))
    assert found[2, 3] > found[0, 2] == pytest.approx(0)
    assert found[0, 1] > 0  # changes, changed


def test_what_one_person_said_is_marked():
    """So that the pair model can tell that people seldom speak of the same thing twice."""
    found = of("same_author", features([[1, 0]] * 3, [[1, 0]] * 3, authors=["m1", "m2", "m1"]))
    assert found.tolist() == [[1, 0, 1], [0, 1, 0], [1, 0, 1]]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_sentences_have_features_too(count):
    """No warning, no number that is none."""
    found = features(np.eye(2)[:count], np.eye(2)[:count], ["one text"] * count, ["m1"] * count)
    assert found.shape == (count, count, len(PAIR))
    assert np.isfinite(found).all()


def test_probabilities_are_a_logistic_function_of_the_features():
    """Each feature counts by its weight."""
    weights = {"pair_bias": -1.0, **{f"pair_{name}": float(n) for n, name in enumerate(PAIR)}}
    found = features([[1, 0], [0.6, 0.8], [0, 1]], [[1, 0], [0, 1], [1, 0]])
    z = -1.0 + sum(n * of(name, found) for n, name in enumerate(PAIR))
    assert pair_probabilities(found, weights) == pytest.approx(1 / (1 + np.exp(-z)))
