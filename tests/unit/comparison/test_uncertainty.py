"""Intervals and probabilities, against figures worked out another way."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.uncertainty import majority_is_real, wilson


def beta_mass_above_half(larger: int, smaller: int) -> Fraction:
    """The mass above 1/2 of x^larger (1-x)^smaller, integrated term by term in exact fractions."""

    def integral(low: Fraction) -> Fraction:
        terms = (
            Fraction((-1) ** k * comb(smaller, k), larger + k + 1) * (1 - low ** (larger + k + 1))
            for k in range(smaller + 1)
        )
        return sum(terms, Fraction(0))

    return integral(Fraction(1, 2)) / integral(Fraction(0))


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_majority_s_probability_is_the_beta_distribution_s_mass(larger, smaller):
    """The sum of binomial terms is the integral it stands for."""
    assert majority_is_real(larger, smaller) == pytest.approx(float(beta_mass_above_half(larger, smaller)))


def test_a_tie_is_a_coin_flip_and_more_people_are_surer():
    """Half for as many on both sides, 3/4 for one alone, and growing with each."""
    assert [majority_is_real(n, n) for n in (0, 1, 7)] == [0.5, 0.5, 0.5]
    assert majority_is_real(1, 0) == 0.75
    grown = [majority_is_real(n, 1) for n in range(1, 12)]
    assert grown == sorted(set(grown))


@pytest.mark.parametrize(
    ("share", "respondents", "interval"),
    [
        # by hand: centre (p + z2/2n) / (1 + z2/n), z2 = 2.7055; 5 of 10: 0.5 -+ 0.2307
        (0.5, 10, (0.26929, 0.73071)),
        (1.0, 4, (0.59653, 1.0)),
        (0.0, 4, (0.0, 0.40347)),
        (0.3, 0, (0.0, 1.0)),
    ],
)
def test_wilson_s_interval_is_that_of_the_formula(share, respondents, interval):
    """Nobody asked means that anything is possible."""
    assert wilson(share, respondents) == pytest.approx(interval, abs=5e-5)


@given(st.floats(0, 1), st.integers(1, 500))
def test_wilson_s_interval_holds_the_share_and_mirrors(share, respondents):
    """It stays within 0 and 1, and that of the opposite share is its mirror image."""
    low, high = wilson(share, respondents)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert wilson(1 - share, respondents) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.floats(0, 1), st.integers(1, 200))
def test_more_people_narrow_the_interval(share, respondents):
    """Four times the people give a smaller interval."""
    low, high = wilson(share, respondents)
    lower, higher = wilson(share, respondents * 4)
    assert higher - lower < high - low
