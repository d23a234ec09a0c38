"""What a doubtful observation means beside the others on its topic."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.words import Stance
from assistant.engines.embedded.leaning import Leaning, claimed

LEANING = Leaning({"does": (0.6, 0.2, 0.2), "gap": (0.2, 0.6, 0.2), "none": (0.4, 0.4, 0.2)}, 0.95)
probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=6)


def test_a_doubtful_voice_goes_with_those_that_are_sure():
    """Two who clearly value something pull a third that might be either; one clear voice against stays against."""
    assert LEANING.valued([0.97, 0.96, 0.45], "none")[2] > 0.8
    assert LEANING.valued([0.03, 0.04, 0.55], "none")[2] < 0.2
    assert LEANING.valued([0.97, 0.96, 0.01], "none")[2] < 0.5


def test_a_team_that_is_split_stays_split():
    """Sure voices on both sides keep what they say."""
    together = LEANING.valued([0.99, 0.98, 0.02, 0.01], "none")
    assert (together >= 0.5).tolist() == [True, True, False, False]


def test_what_the_manager_says_tips_what_nobody_can_tell():
    """A claim is mostly confirmed, an admitted gap mostly felt; a clear voice is not talked over by either."""
    assert LEANING.valued([0.5], "does")[0] > 0.5 > LEANING.valued([0.5], "gap")[0]
    assert LEANING.valued([0.95], "gap")[0] > 0.5
    assert LEANING.valued([0.05], "does")[0] < 0.5


@settings(max_examples=60, deadline=None)
@given(probabilities, st.sampled_from(["does", "gap", "none"]), st.randoms(use_true_random=False))
def test_the_order_of_voices_does_not_matter(alone, said, random):
    """And what comes out are probabilities that rise with what goes in."""
    order = list(range(len(alone)))
    random.shuffle(order)
    together = LEANING.valued(alone, said)
    assert ((together >= 0) & (together <= 1)).all()
    assert LEANING.valued([alone[n] for n in order], said) == pytest.approx(together[order])
    assert (np.diff(together[np.argsort(alone)]) >= -1e-9).all()


def test_nobody_on_a_topic_is_nobody():
    """A claim that no one spoke to."""
    assert LEANING.valued([], "does").shape == (0,)


@pytest.mark.parametrize(
    ("stances", "said"),
    [((), "none"), ((Stance.DOES, Stance.ADMITS), "does"), ((Stance.ADMITS,), "gap"), ((Stance.INTENDS,), "gap")],
)
def test_what_is_claimed_of_a_topic(stances, said):
    """Doing it goes before admitting that it is missing."""
    assert claimed(stances) == said
