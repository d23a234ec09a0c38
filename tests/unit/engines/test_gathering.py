"""What counts for a claim: the likeliest observations that say what the team most probably says."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.comparison.alignment import voices
from assistant.domain.statements import Span, Statement
from assistant.domain.words import Alignment, Fundamental, Stance
from assistant.engines.embedded.gathering import Gathering, Team, likeliest
from assistant.engines.embedded.leaning import Leaning

EVEN = dict.fromkeys(Alignment, 0.25)
LEANING = Leaning(
    {"does": (0.5, 0.3, 0.2), "gap": (0.2, 0.6, 0.2), "none": (0.4, 0.4, 0.2)}, 0.95, {"does": EVEN, "gap": EVEN}
)
GATHERING = Gathering(LEANING, same_topic=0.0, pull=0.0)
FAR = -6.0


def said(number: int, author: str, stance: Stance, shared: bool = True) -> Statement:
    """One statement of somebody."""
    place, about = Span(0, 0, 1), None
    topic = (Fundamental.BUILDING_TRUST, "keeps_promises")
    return Statement(f"s{number}", author, author, about, place, "words", *topic, stance, 0.9, shared=shared)


def a_team(
    *told: tuple[str, float], near: dict[tuple[int, int], float], held_back: frozenset[int] = frozenset()
) -> Team:
    """A claim is ("manager", 1.0); everybody else values with this probability. ``near`` are log-odds of pairs."""
    statements = [
        said(n, who, Stance.DOES if who == "manager" else [Stance.MISSING, Stance.VALUED][p >= 0.5], n not in held_back)
        for n, (who, p) in enumerate(told)
    ]
    link = np.full((len(told), len(told)), FAR)
    for (a, b), odds in near.items():
        link[a, b] = link[b, a] = odds
    return Team(statements, [p for _, p in told], link)


def test_faint_voices_that_are_many_count_together():
    """None of four surely speaks to the claim, but that nobody does is less probable: some are laid beside it."""
    told = [("manager", 1.0), ("a", 0.95), ("b", 0.95), ("c", 0.95), ("d", 0.95)]
    team = a_team(*told, near={(0, n): -0.3 for n in range(1, 5)})
    (group,) = [g for g in GATHERING.groups(team) if 0 in g]
    assert len(group) >= 3


def test_a_single_voice_however_sure_confirms_nothing():
    """Whoever says the same many times is one person, and nobody far away is counted with them."""
    told = [("manager", 1.0), ("a", 0.02), ("a", 0.02), ("a", 0.02), ("b", 0.9), ("c", 0.9)]
    team = a_team(*told, near={(0, 1): 3.0, (0, 2): 3.0, (0, 3): 3.0})
    (group,) = [g for g in GATHERING.groups(team) if 0 in g]
    assert {team.statements[i].author for i in group} == {"manager", "a"}


def test_an_observation_counts_for_the_nearest_claim():
    """Two claims share no voices."""
    told = [("manager", 1.0), ("manager", 1.0), ("a", 0.9), ("b", 0.9), ("c", 0.1), ("d", 0.1)]
    near = {(0, 2): 3.0, (0, 3): 3.0, (0, 4): 1.0, (1, 4): 3.0, (1, 5): 3.0, (1, 2): 1.0}
    assert GATHERING.groups(a_team(*told, near=near)) == [[0, 2, 3], [1, 4, 5]]


def test_a_view_that_is_rare_needs_less_to_be_found():
    """Those against a claim are less sure to speak to it; where teams are seldom split, even that tells something."""
    told = [("manager", 1.0), ("a", 0.9), ("b", 0.9), ("c", 0.1), ("d", 0.1)]
    team = a_team(*told, near={(0, 1): 3.0, (0, 2): 3.0, (0, 3): -0.4, (0, 4): -0.4})
    rare = {view: 0.02 if view is Alignment.MIXED else 0.98 / 3 for view in Alignment}
    seldom = replace(GATHERING, leaning=replace(LEANING, usual={"does": rare, "gap": rare}))
    assert [g for g in GATHERING.groups(team) if 0 in g] == [[0, 1, 2]]
    (group,) = [g for g in seldom.groups(team) if 0 in g]
    assert seldom.view([0], [i for i in group if i], team) is Alignment.MIXED


def test_what_is_held_back_stands_by_no_claim():
    """Nor does it make others count."""
    told = [("manager", 1.0), ("a", 0.9), ("b", 0.9)]
    team = a_team(*told, near={(0, 1): 4.0, (0, 2): 4.0}, held_back=frozenset({1, 2}))
    assert GATHERING.groups(team) == [[0], [1], [2]]


def test_what_is_left_is_put_together_by_itself():
    """A need that the manager does not mention is a topic of those who feel it."""
    told = [("manager", 1.0), ("a", 0.1), ("b", 0.1), ("c", 0.9)]
    assert GATHERING.groups(a_team(*told, near={(1, 2): 2.0})) == [[0], [1, 2], [3]]


@pytest.mark.parametrize("told", [[], [("manager", 1.0)], [("a", 0.7)]])
def test_one_side_alone_is_no_error(told):
    """Nobody said anything, or only one did."""
    assert GATHERING.groups(a_team(*told, near={})) == [[n] for n in range(len(told))]


numbers = st.floats(-4, 4).map(lambda x: round(x, 2))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3), st.lists(st.tuples(st.sampled_from("abcde"), st.floats(0, 1)), max_size=7), st.data())
def test_what_is_counted_is_what_the_team_most_probably_says(claims, observed, data):
    """Every statement is in one group; beside a claim stand people who give the most probable view that any give."""
    told = [("manager", 1.0)] * claims + observed
    pairs = itertools.combinations(range(len(told)), 2)
    team = a_team(*told, near={pair: data.draw(numbers) for pair in pairs})
    groups = GATHERING.groups(team)
    assert sorted(i for group in groups for i in group) == list(range(len(told)))
    assert groups == GATHERING.groups(team)
    if claims == 1 and observed:
        own = list(range(1, len(told)))
        odds = np.exp(team.link[0, own])
        views = GATHERING.views([0], dict(zip(own, odds / (1 + odds), strict=True)), team)
        given_by_some = {
            GATHERING.view([0], list(some), team)
            for size in range(len(own) + 1)
            for some in itertools.combinations(own, size)
        }
        (group,) = [g for g in groups if 0 in g]
        found = GATHERING.view([0], [i for i in group if i], team)
        assert views[found] == pytest.approx(max(views[view] for view in given_by_some))


def test_the_counts_of_a_report_are_those_that_were_decided_on():
    """A doubtful voice that is turned beside the others is turned here as there."""
    told = [("manager", 1.0), ("a", 0.97), ("b", 0.96), ("c", 0.45)]
    team = a_team(*told, near={(0, n): 3.0 for n in (1, 2, 3)})
    (group,) = GATHERING.groups(team)
    members = [team.statements[i] for i in group]
    assert GATHERING.view([0], group[1:], team) is Alignment.CONFIRMED
    assert voices(members, frozenset({"s3"})).view is Alignment.CONFIRMED


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 20), numbers, max_size=6))
def test_sets_come_in_the_order_of_their_likelihood(odds):
    """Each set once, the likeliest first."""
    sets = list(likeliest(odds))
    assert len({frozenset(some) for some in sets}) == len(sets) == 2 ** len(odds)
    likelihoods = [math.fsum(odds[i] for i in some) for some in sets]
    assert all(a >= b - 1e-9 for a, b in itertools.pairwise(likelihoods))
