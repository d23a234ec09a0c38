"""The trust climate."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.climate import NOTHING, climate
from assistant.domain.report import SignalCount
from assistant.domain.statements import Signs
from assistant.domain.words import ClimateLevel, Signal

SAFETY, OWNERSHIP, BLAME, FEAR = Signal


def team(*described: str) -> dict[str, dict[Signal, float]]:
    """One respondent a text: the signals they certainly described, by first letter."""
    letters = {signal.value[0]: signal for signal in Signal}
    return {f"m{n}": {letters[letter]: 1.0 for letter in text} for n, text in enumerate(described)}


@pytest.mark.parametrize(
    ("described", "level"),
    [
        (("", "", "", ""), "too_little_evidence"),
        (("s", "", "", ""), "too_little_evidence"),
        (("s", "b", "", ""), "too_little_evidence"),
        (("s", "o", "", ""), "high_trust"),
        (("b", "f", "", ""), "fear_driven"),
        (("so", "", "", ""), "too_little_evidence"),  # one person, whatever they describe
        (("s", "o", "b", "f"), "mixed"),
        (("s", "o", "s", "b", "b"), "mixed"),  # two fifths
        (("s", "o", "b", ""), "mixed"),  # a third
        (("s", "o", "s", "b", ""), "high_trust"),  # a quarter
        (("f", "b", "f", "o"), "fear_driven"),
        (("sb", "sb", "", ""), "mixed"),
    ],
)
def test_the_level_counts_people(described, level):
    """Two people are needed, and a third on the smaller side is mixed."""
    assert climate(team(*described), 4).level is ClimateLevel(level)


@pytest.mark.parametrize(
    ("trust", "fear", "level"),
    [
        ((0.4, 0.4, 0.2, 0.0), (), "too_little_evidence"),  # one person
        ((0.4, 0.4, 0.4, 0.2), (), "high_trust"),  # 1.4 people
        ((0.9, 0.9, 0.6, 0.6), (0.4, 0.4, 0.2, 0.1), "high_trust"),  # 3 to 1.1
        ((0.9, 0.9, 0.6, 0.6), (0.4, 0.6, 0.4, 0.6), "mixed"),  # 3 to 2
        ((), (0.6, 0.6, 0.6, 0.0), "fear_driven"),
    ],
)
def test_people_are_counted_by_how_probable_it_is_that_they_described_something(trust, fear, level):
    """Several doubtful voices add up; no threshold decides over each of them."""
    described: dict[str, dict[Signal, float]] = {f"m{n}": {} for n in range(4)}
    for n, probability in enumerate(trust):
        described[f"m{n}"][SAFETY] = probability
    for n, probability in enumerate(fear):
        described[f"m{n}"][BLAME] = probability
    assert climate(described, 4).level is ClimateLevel(level)


def test_two_doubtful_signs_of_one_person_make_one_more_probable_voice():
    """Safety and ownership at a half each are trust at three quarters, never one and a half people."""
    twice = {f"m{n}": {SAFETY: 0.5, OWNERSHIP: 0.5} for n in range(4)}
    assert climate(twice, 4).score == 0.8
    assert climate(dict(list(twice.items())[:1]), 1).level is ClimateLevel.TOO_LITTLE_EVIDENCE


def test_too_little_evidence_shows_nothing_else():
    """Neither a score nor that one person described something."""
    assert climate(team("f", "", "", ""), 4) is NOTHING
    assert (NOTHING.score, NOTHING.interval, NOTHING.signals) == (None, None, ())


def test_the_score_is_the_mean_over_all_respondents():
    """Trust is 1, fear or blame -1, both or neither 0; those who described nothing count, too."""
    assert climate(team("s", "o", "b", "sf", ""), 4).score == 0.2
    assert climate(team("s", "o"), 3).score == 1.0
    assert climate(team("f", "b", "f", "", ""), 4).score == -0.6


def test_a_score_of_nothing_is_written_as_0():
    """A mean a little below zero does not become -0.0 on its way to JSON."""
    shown = climate(team("s", "s", "b", "b", "b", *[""] * 25), 4)
    assert json.dumps(shown.score) == "0.0"


def test_signals_are_counted_in_people_and_shown_from_the_floor_on():
    """Signals that one person alone described, or nobody, are left out; below the floor there is no number."""
    shown = climate(team("sf", "s", "sb", "sb", ""), 4).signals
    assert shown == (SignalCount(SAFETY, 4), SignalCount(BLAME, None))


signals = st.lists(
    st.dictionaries(st.sampled_from(Signal), st.floats(0, 1).map(lambda p: round(p, 3))), min_size=3, max_size=30
)


@given(signals, st.integers(3, 6))
def test_swapping_trust_and_fear_mirrors_the_climate(described, floor):
    """High trust becomes fear-driven, and the score and its interval change sign."""
    swap = {SAFETY: FEAR, FEAR: SAFETY, OWNERSHIP: BLAME, BLAME: OWNERSHIP}
    people = {str(n): one for n, one in enumerate(described)}
    here = climate(people, floor)
    there = climate({who: {swap[s]: p for s, p in one.items()} for who, one in people.items()}, floor)
    mirror = {"high_trust": "fear_driven", "fear_driven": "high_trust"}
    assert there.level == mirror.get(here.level, here.level)
    if here.score is not None and there.score is not None and here.interval and there.interval:
        assert there.score == -here.score
        assert there.interval == (-here.interval[1], -here.interval[0])
        assert here.interval[0] <= here.score <= here.interval[1]


@given(signals, st.integers(3, 6))
def test_no_count_below_the_floor_is_ever_shown(described, floor):
    """Not of any signal."""
    shown = climate({str(n): one for n, one in enumerate(described)}, floor)
    assert all(count.respondents is None or count.respondents >= floor for count in shown.signals)


def test_signs_and_events_count_half_each_where_signs_are_known():
    """Somebody may give a sign of trust without telling of an event; the kinds that are shown are of events alone."""
    events = team("b", "b", "b", "", "", "")
    signs = {who: Signs(0.8, 0.1) for who in events}
    found = climate(events, 3, signs=signs)
    assert found.level is ClimateLevel.MIXED
    assert found.score == 0.1  # (0.8 - 0.1 - 3 / 6) / 2
    assert found.signals == (SignalCount(BLAME, 3),)


def test_whoever_gave_no_signs_is_counted_by_the_events_they_described():
    """Four of six by their events alone; of the other two a reader sees nothing in what they told."""
    events = team("s", "s", "s", "s", "b", "b")
    assert climate(events, 4, signs={"m4": Signs(0.0, 0.0), "m5": Signs(0.0, 0.0)}).score == 0.5  # (4 - 2 / 2) / 6


def test_more_people_are_needed_where_signs_are_known_and_events_alone_decide_for_less():
    """A reader takes more for a sign than is an event."""
    safe = team("s", "s", "s", *[""] * 3)
    as_said = {who: Signs(float(bool(told)), 0.0) for who, told in safe.items()}
    assert climate(safe, 4, signs=as_said).level is ClimateLevel.HIGH_TRUST
    doubtful = {who: {SAFETY: 0.5} for who in list(safe)[:3]} | {who: {} for who in list(safe)[3:]}
    half = {who: Signs(one.get(SAFETY, 0.0), 0.0) for who, one in doubtful.items()}
    assert climate(doubtful, 4).level is ClimateLevel.HIGH_TRUST
    assert climate(doubtful, 4, signs=half) is NOTHING
