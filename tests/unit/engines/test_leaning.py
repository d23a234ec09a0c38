"""What a doubtful observation means beside the others on its topic."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.comparison.alignment import decide
from assistant.domain.words import Alignment, Stance
from assistant.engines.embedded.leaning import Leaning, kind_of_claim

LEANING = Leaning({"does": (0.6, 0.2, 0.2), "gap": (0.2, 0.6, 0.2), "none": (0.4, 0.4, 0.2)}, 0.95, {})
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
    assert kind_of_claim(stances) == said


def by_hand(speaking: list[float], alone: list[float], said: str) -> dict[Alignment, float]:
    """The views by going through all that each person may mean, for each way of leaning."""
    total = dict.fromkeys(Alignment, 0.0)
    for share, going in zip(LEANING.shares[said], (LEANING.agreement, 1 - LEANING.agreement, 0.5), strict=True):
        for meant in itertools.product((None, True, False), repeat=len(alone)):
            chance = share
            for speaks, valued, sense in zip(speaking, alone, meant, strict=True):
                sides = {
                    None: 1 - speaks,
                    True: 2 * speaks * going * valued,
                    False: 2 * speaks * (1 - going) * (1 - valued),
                }
                chance *= sides[sense]
            total[decide(meant.count(True), meant.count(False))] += chance
    return {view: chance / sum(total.values()) for view, chance in total.items()}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 0.99)), max_size=4), st.sampled_from(["does", "gap", "none"])
)
def test_views_are_as_probable_as_going_through_all_cases_says(people, said):
    """Also where nobody spoke, or nobody surely did."""
    speaking, alone = [speaks for speaks, _ in people], [valued for _, valued in people]
    assert LEANING.views(speaking, alone, said) == pytest.approx(by_hand(speaking, alone, said))


def test_voices_that_agree_are_likelier_to_speak_to_it():
    """Four who may speak to a claim confirm it where all praise; where they do not agree, they may well be silent."""
    agreeing = LEANING.views([0.4] * 4, [0.95] * 4, "does")
    apart = LEANING.views([0.4] * 4, [0.95, 0.05, 0.95, 0.05], "does")
    assert max(agreeing, key=lambda view: agreeing[view]) is Alignment.CONFIRMED
    assert agreeing[Alignment.UNSEEN] < apart[Alignment.UNSEEN]
