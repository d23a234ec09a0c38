"""What is known of a pair of statements, at the first and at the second look."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engines.embedded.model import Sentences
from assistant.engines.embedded.pairs import (
    AGAIN,
    PAIR,
    TYPICAL,
    PairModel,
    log_odds,
    pair_features,
    second_look,
)


def features(vectors, behaviours, texts=None, authors=None, praising=None) -> np.ndarray:
    """The features of pairs, of complaints that share no word and come from different people unless told so."""
    count = len(vectors)
    texts = [chr(97 + n) * 6 for n in range(count)] if texts is None else texts
    authors = [f"m{n}" for n in range(count)] if authors is None else authors
    typical = dict(zip(TYPICAL, (0.2, 0.2, 0.2, 0.2), strict=True))
    nothing = np.zeros((count, 1), dtype=np.float32)
    seen = Sentences(
        np.array(vectors, dtype=np.float32),
        np.array(behaviours, dtype=np.float32),
        *[nothing] * 6,
    )
    return pair_features(seen, praising or [0.0] * count, texts, authors, typical)


def of(name: str, found: np.ndarray) -> np.ndarray:
    """One feature of all pairs."""
    return found[..., PAIR.index(name)]


def test_a_pair_stands_out_against_the_rest_of_its_team():
    """The same nearness counts more where nothing else is near, and less where all is."""
    one, other = [1.0, 0.0, 0.0], [0.8, 0.6, 0.0]
    alone = features([one, other, *[[0, 0, 1.0], [0, 0, -1.0]] * 4], [[1, 0]] * 10)
    crowd = features([one, other, *[[0.9, 0.436, 0], [0.85, 0.527, 0]] * 4], [[1, 0]] * 10)
    assert of("near", alone)[0, 1] > of("near", crowd)[0, 1] + 1


def test_what_a_small_team_speaks_of_alone_does_not_look_ordinary():
    """Three sentences on one thing and nothing else are still far nearer than sentences are as a rule."""
    found = features([[1.0, 0.0], [0.98, 0.2], [0.98, -0.2]], [[1, 0]] * 3)
    assert of("near", found)[np.triu_indices(3, 1)].min() > 1


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


def test_two_sentences_that_name_one_behaviour_surely_are_named_alike():
    """Two that are both open between the same two are alike, but by chance name the same only half of the time."""
    found = features([[1, 0]] * 4, [[1, 0], [1, 0], [0.5, 0.5], [0.5, 0.5]])
    assert of("behaviour", found)[2, 3] == pytest.approx(of("behaviour", found)[0, 1])
    assert (of("named_alike", found)[0, 1], of("named_alike", found)[2, 3]) == pytest.approx((1, 0.5))
    assert of("vague", found)[0, 2] == pytest.approx(0, abs=1e-5)
    assert of("vague", found)[2, 3] == pytest.approx(np.log(2), abs=1e-4)


def test_praise_and_complaint_are_apart():
    """By how probable it is that each says that something is there."""
    found = of("meant_apart", features([[1, 0]] * 3, [[1, 0]] * 3, praising=[1.0, 0.9, 0.0]))
    assert found[0] == pytest.approx([0, 0.1, 1])


def test_sentences_with_the_same_neighbours_stand_alike():
    """Two that are near to the same third, though not to each other."""
    found = features([[1, 0, 0], [0, 1, 0], [0.7, 0.71, 0], *[[0, 0, 1.0]] * 3], [[1, 0]] * 6)
    assert of("neighbours_alike", found)[0, 1] > of("neighbours_alike", found)[0, 3]


def again(name: str, probabilities: list[list[float]]) -> np.ndarray:
    """One feature of the second look."""
    return second_look(np.array(probabilities))[..., AGAIN.index(name)]


CHAIN = [[1, 0.8, 0.1], [0.8, 1, 0.6], [0.1, 0.6, 1]]


def test_the_second_look_sees_the_way_through_a_third():
    """A shaky pair has a common neighbour, by which the weaker link counts."""
    assert np.exp(again("bridge", CHAIN)[0, 2]) == pytest.approx(0.601)
    assert again("between", CHAIN)[0, 2] == pytest.approx(0.8 * 0.6)


def test_the_second_look_sees_who_has_a_better_partner():
    """The best pair is preferred as far as can be, the others by how near they come; and how much company there is."""
    assert np.exp(again("preferred", CHAIN)[0, 1]) == pytest.approx(1.001)
    assert np.exp(again("preferred", CHAIN)[1, 2]) == pytest.approx(0.751)
    assert again("company", CHAIN)[0, 2] == pytest.approx(0.7)


def a_model(seed: int) -> PairModel:
    """Some weights."""
    draw = np.random.default_rng(seed)
    return PairModel(tuple(draw.normal(size=1 + len(PAIR))), tuple(draw.normal(size=1 + len(PAIR) + len(AGAIN))))


def test_weights_are_taken_by_name():
    """Whatever the order in which they are written."""
    first = dict(zip(("constant", *PAIR), range(99), strict=False))
    second = dict(zip(("constant", *PAIR, *AGAIN), range(99), strict=False))
    model = PairModel.of({"second": dict(reversed(second.items())), "first": dict(reversed(first.items()))})
    assert (model.first, model.second) == (tuple(range(1 + len(PAIR))), tuple(range(1 + len(PAIR) + len(AGAIN))))


def test_each_feature_counts_by_its_weight():
    """The first look is a logistic function of what is known; the second adds what the first one found."""
    found = features([[1, 0], [0.6, 0.8], [0, 1]], [[1, 0], [0, 1], [1, 0]])
    model = a_model(1)
    once = 1 / (1 + np.exp(-(model.first[0] + found @ np.array(model.first[1:]))))
    assert model.once(found) == pytest.approx(once)
    both = np.concatenate([found, second_look(once)], axis=-1)
    assert model.probabilities(found) == pytest.approx(
        1 / (1 + np.exp(-(model.second[0] + both @ np.array(model.second[1:]))))
    )


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 8), st.randoms(use_true_random=False))
def test_a_pair_is_judged_alike_in_both_directions_and_in_any_order(seed, size, random):
    """Probabilities are symmetric, and shuffled sentences have shuffled probabilities."""
    draw = np.random.default_rng(seed)
    vectors = draw.normal(size=(size, 4))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    behaviours = draw.dirichlet([0.3] * 5, size)
    praising = draw.random(size).tolist()
    texts = [random.choice(["a late rota", "rota again", "thanks for nothing"]) for _ in range(size)]
    authors = [random.choice(["m1", "m2"]) for _ in range(size)]
    order = list(range(size))
    random.shuffle(order)
    model = a_model(seed)
    found = model.probabilities(features(vectors, behaviours, texts, authors, praising))
    assert found == pytest.approx(found.T)
    shuffled = features(
        vectors[order],
        behaviours[order],
        [texts[n] for n in order],
        [authors[n] for n in order],
        [praising[n] for n in order],
    )
    assert model.probabilities(shuffled) == pytest.approx(found[np.ix_(order, order)], abs=1e-5)


def test_log_odds_of_what_is_certain_are_finite():
    """So that they can be averaged."""
    assert np.isfinite(log_odds(np.array([0.0, 0.5, 1.0]))).all()
