"""Alignment and finding kinds: the contract's tables, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.alignment import Voices, decide, finding_kind, split, voices
from assistant.domain.words import Alignment, FindingKind, Stance

CONFIRMED, MIXED, CONTESTED, UNSEEN = Alignment
numbers = st.integers(0, 300)


@pytest.mark.parametrize(
    ("support", "oppose", "alignment"),
    [
        (0, 0, UNSEEN),
        (1, 0, UNSEEN),
        (0, 1, UNSEEN),
        (1, 1, UNSEEN),
        (2, 0, CONFIRMED),
        (0, 2, CONTESTED),
        (2, 1, MIXED),  # a third exactly
        (1, 2, MIXED),
        (3, 1, CONFIRMED),  # a quarter
        (1, 3, CONTESTED),
        (2, 2, MIXED),
        (4, 2, MIXED),  # a third exactly
        (5, 2, CONFIRMED),  # two sevenths
        (2, 5, CONTESTED),
        (20, 10, MIXED),
        (21, 10, CONFIRMED),
        (10, 21, CONTESTED),
    ],
)
def test_alignment_follows_the_contract_s_table(support, oppose, alignment):
    """Below two voices on each side unseen, from a third on the smaller side mixed, else whoever are more."""
    assert decide(support, oppose) is alignment


@given(numbers, numbers)
def test_swapping_the_two_sides_mirrors_the_alignment(support, oppose):
    """The rule favours neither praise nor complaint."""
    mirror = {CONFIRMED: CONTESTED, CONTESTED: CONFIRMED, MIXED: MIXED, UNSEEN: UNSEEN}
    assert decide(oppose, support) is mirror[decide(support, oppose)]


@given(numbers, numbers)
def test_one_voice_alone_never_decides(support, oppose):
    """Where a side has won, at least two people are on it, and more than twice as many as on the other."""
    decided = decide(support, oppose)
    if decided in (CONFIRMED, CONTESTED):
        larger, smaller = (support, oppose) if decided is CONFIRMED else (oppose, support)
        assert larger >= 2
        assert larger > 2 * smaller


@pytest.mark.parametrize(
    ("claims", "kinds"),
    [
        # the team says:   confirmed           mixed         contested          unseen
        ("does", ("shared_strength", "split_view", "blind_spot", "unseen_claim")),
        ("does admits", ("shared_strength", "split_view", "blind_spot", "unseen_claim")),
        ("intends does", ("shared_strength", "split_view", "blind_spot", "unseen_claim")),
        ("admits", ("hidden_strength", "split_view", "shared_concern", None)),
        ("intends", ("hidden_strength", "split_view", "shared_concern", None)),
        ("admits intends", ("hidden_strength", "split_view", "shared_concern", None)),
        ("", ("hidden_strength", "split_view", "blind_spot", None)),
    ],
)
def test_findings_follow_the_contract_s_table(claims, kinds):
    """At most one finding a topic, by the claims on it and what the team says of the behaviour."""
    stances = [Stance(word) for word in claims.split()]
    views = (CONFIRMED, MIXED, CONTESTED, UNSEEN)
    assert tuple(finding_kind(stances, view) for view in views) == tuple(kind and FindingKind(kind) for kind in kinds)


def test_people_are_counted_and_not_statements(said):
    """Somebody who says a thing three times is one voice."""
    heard = voices([said("li", "missing"), said("li", "missing"), said("li", "harmful"), said("bo", "valued")])
    assert heard == Voices(frozenset({"bo"}), frozenset({"li"}))


def test_somebody_may_value_and_miss_the_same_thing(said):
    """They count on both sides, and once among those who spoke."""
    heard = voices([said("li", "missing"), said("li", "valued")])
    assert (len(heard.valuing), len(heard.lacking), len(heard.speaking)) == (1, 1, 1)


def test_what_was_held_back_does_not_count(said):
    """Neither for nor against."""
    assert voices([said("li", "missing", shared=False), said("bo", "valued", shared=False)]).speaking == frozenset()


def test_a_claim_that_was_held_back_is_not_on_its_topic(said, topic):
    """What the manager took back gives no finding either."""
    back = said("mia", "does", shared=False)
    assert split(topic(back), {back.id: back}) == ((), Voices(frozenset(), frozenset()))


def test_claims_are_no_voices(said):
    """The manager does not speak to their own claim."""
    assert voices([said("mia", stance) for stance in ("does", "admits", "intends")]).speaking == frozenset()


@pytest.mark.parametrize(("stance", "for_and_against"), [("does", (3, 1)), ("admits", (1, 3)), ("intends", (1, 3))])
def test_feeling_a_gap_speaks_for_admitting_it(stance, for_and_against):
    """Three people value the behaviour and one misses it: that is against a manager who says it is lacking."""
    heard = Voices(frozenset("abc"), frozenset("d"))
    assert tuple(len(side) for side in heard.towards(Stance(stance))) == for_and_against
    assert heard.view is CONFIRMED


def test_a_topic_is_split_into_its_claims_and_its_voices(said, topic):
    """Statements of other topics stay out."""
    claim, observation, other = said("mia", "does"), said("li", "valued"), said("bo", "valued")
    statements = {s.id: s for s in (claim, observation, other)}
    assert split(topic(claim, observation), statements) == ((claim,), Voices(frozenset({"li"}), frozenset()))
