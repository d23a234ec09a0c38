"""How well summaries captured what people meant."""

import pytest

from assistant.domain.errors import BadInput
from assistant.domain.rating import Rated, check_rating, rated


def test_the_mean_is_told_in_halves_and_the_people_in_steps_of_the_floor() -> None:
    """Neither tells of one person by its change."""
    assert rated([[4], [4], [3], [3], [1], [4]], 4) == Rated(3.0, 4)
    assert rated([[4]] * 8, 4) == Rated(4.0, 8)


def test_below_the_floor_nothing_is_told() -> None:
    """Not even that somebody rated."""
    assert rated([[4], [3], [2]], 4) is None
    assert rated([], 4) is None


def test_each_person_counts_once_however_much_they_sent() -> None:
    """A manager with ten reports does not outweigh their team."""
    assert rated([[1] * 20, [4], [4], [4], [4]], 4) == Rated(3.5, 4)


@pytest.mark.parametrize("rating", [0, 5, -1, True, 2.5, "4"])
def test_only_one_to_four_is_a_rating(rating: object) -> None:
    """Whatever a page is made to send."""
    with pytest.raises(BadInput, match="from 1 to 4"):
        check_rating(rating)


@pytest.mark.parametrize("rating", [None, 1, 2, 3, 4])
def test_a_rating_can_be_left_out(rating: int | None) -> None:
    """Nobody has to rate anything."""
    assert check_rating(rating) == rating
