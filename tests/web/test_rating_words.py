"""How well summaries captured what people meant, as an admin and an operator read it."""

from datetime import UTC, datetime

from assistant.cli.rounds import _in_words
from assistant.domain.rating import Rated
from assistant.domain.rounds import Round, RoundStatus
from assistant.web.rendering import render

CLOSED = Round("2026-Q3", 4, datetime(2026, 9, 1, tzinfo=UTC), None, datetime(2026, 9, 30, tzinfo=UTC))
RATED = RoundStatus(CLOSED, 2, 12, 3, 8, 2, rated=Rated(3.5, 8))
NOT_RATED = RoundStatus(CLOSED, 2, 12, 3, 8, 2)


def test_an_admin_reads_the_mean_and_how_many_said_so() -> None:
    """Below the table, for each round that has one."""
    page = render("rounds", statuses=[RATED], not_made={})
    assert "2026-Q3: summaries captured what people meant with 3.5 of 4, say at least 8 people themselves." in page
    assert "captured what people meant" not in render("rounds", statuses=[NOT_RATED], not_made={})


def test_an_operator_reads_the_same_in_a_terminal() -> None:
    """With the counts of the round."""
    assert "captured what people meant, as they say themselves: 3.5 of 4, by at least 8 people." in _in_words(RATED)
    assert "captured" not in _in_words(NOT_RATED)
