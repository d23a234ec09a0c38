"""How alike teams are, and that chance alone is not told as a difference."""

import random

import pytest

from assistant.comparison.uncertainty import wilson
from assistant.domain.insight import Likeness
from assistant.domain.report import Climate, FundamentalAlignment
from assistant.domain.words import ClimateLevel, Fundamental
from assistant.insight.consistency import chi_square, consistency
from tests.fakes.reports import a_report

CLARITY = Fundamental.CREATING_CLARITY


def a_team(confirmed: int, contested: int, people: int = 8):
    """A team that backs so many of its manager's claims in clarity."""
    spoken = confirmed + contested
    share = confirmed / spoken
    row = FundamentalAlignment(CLARITY, spoken, confirmed, 0, contested, 0, share, wilson(share, people))
    return a_report(fundamentals=(row,), respondents=people)


def in_clarity(teams):
    """What is said of clarity."""
    return next(one for one in consistency(teams) if one.name is CLARITY)


def test_few_teams_are_too_little_to_tell():
    """Two say nothing of a culture, however far apart they are."""
    said = in_clarity([a_team(9, 0, 40), a_team(0, 9, 40)])
    assert (said.teams, said.spread, said.likeness) == (2, None, Likeness.TOO_LITTLE_EVIDENCE)


def test_teams_far_apart_are_different():
    """Half of them back all, half of them nothing."""
    said = in_clarity([a_team(6, 0)] * 4 + [a_team(0, 6)] * 4)
    assert said.likeness is Likeness.DIFFERENT
    assert said.spread is not None
    assert 0 < said.spread.low < said.spread.value < said.spread.high
    assert (said.tenths[0], said.tenths[9], sum(said.tenths)) == (4, 4, 8)


def test_many_sure_teams_at_one_level_are_alike():
    """With enough claims and people, nothing but chance is left."""
    said = in_clarity([a_team(20, 10, 60) for _ in range(30)])
    assert (said.likeness, said.teams) == (Likeness.ALIKE, 30)


def test_a_few_usual_teams_are_too_little_to_tell():
    """Four teams of eight people with three claims each: neither alike nor different for sure."""
    assert in_clarity([a_team(2, 1), a_team(1, 2), a_team(3, 0), a_team(2, 1)]).likeness is Likeness.TOO_LITTLE_EVIDENCE


def test_trust_is_held_on_the_same_scale():
    """Scores from -1 to 1 stand in the tenths from 0 to 1; a team without a score is not counted."""
    scores = [-1.0, 0.0, 1.0]
    teams = [a_report(climate=Climate(ClimateLevel.MIXED, s, (s - 0.1, s + 0.1), ())) for s in scores]
    trust = consistency([*teams, a_report()])[-1]
    assert (trust.name, trust.teams, trust.likeness) == (None, 3, Likeness.DIFFERENT)
    assert [place for place, count in enumerate(trust.tenths) if count] == [0, 5, 9]


def test_teams_of_one_culture_are_seldom_called_different():
    """200 organisations of twelve teams in which each claim is backed with one probability: at most 8 in 100 are."""
    draw = random.Random(4)  # noqa: S311 - for drawing only
    called = 0
    for _ in range(200):
        backed = draw.uniform(0.3, 0.8)
        teams = []
        for _ in range(12):
            confirmed = sum(draw.random() < backed for _ in range(4))
            teams.append(a_team(confirmed, 4 - confirmed))
        called += in_clarity(teams).likeness is Likeness.DIFFERENT
    assert called <= 16


def test_teams_of_which_hardly_anything_is_known_are_not_alike():
    """Three teams with all of their one to three claims backed may be as far apart as most."""
    said = in_clarity([a_team(1, 0), a_team(1, 0), a_team(3, 0)])
    assert said.likeness is Likeness.TOO_LITTLE_EVIDENCE
    assert said.spread is not None
    assert (said.spread.value, said.spread.high > 0.2) == (0, True)


def test_a_few_teams_that_differ_are_seldom_called_alike():
    """300 organisations of three teams that stand 20 points round 80 %: at most 10 in 100 are, whatever is said."""
    draw = random.Random(1)  # noqa: S311 - for drawing only
    for least, most in ((1, 3), (3, 5), (8, 12)):
        called = 0
        for _ in range(300):
            teams = []
            for _ in range(3):
                backed, claims = draw.gauss(0.8, 0.2), draw.randint(least, most)
                confirmed = sum(draw.random() < backed for _ in range(claims))
                teams.append(a_team(confirmed, claims - confirmed))
            called += in_clarity(teams).likeness is Likeness.ALIKE
        assert called <= 30


@pytest.mark.parametrize(("share", "freedom", "expected"), [(0.95, 2, 5.99), (0.95, 9, 16.92), (0.05, 9, 3.33)])
def test_the_quantiles_are_those_of_the_tables(share, freedom, expected):
    """To about a per cent."""
    assert chi_square(share, freedom) == pytest.approx(expected, rel=0.012)
