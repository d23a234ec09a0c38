"""How a question was read, as the pickers hold it, and what of it is taken back from a browser."""

import pytest

from assistant.domain.inquiry import Answer, Change, Comparison, Figure, Measure, Order, Query
from assistant.domain.words import FindingKind, Fundamental
from assistant.web.answer_picture import Bar, bars
from assistant.web.query_picker import QueryPicker, picked
from tests.fakes.reports import BEHAVIOURS

QUERY = Query(
    Measure.FINDINGS,
    ("mia@acme.example",),
    (Fundamental.BUILDING_TRUST,),
    (FindingKind.BLIND_SPOT,),
    ("listening",),
    True,
    ("2026-Q3", "2026-Q4"),
    Comparison.ROUNDS,
    Change.WORSE,
    Order.SPREAD,
    True,
)


def test_what_the_pickers_show_is_what_is_read_from_them():
    """Every part goes to the page and comes back the same."""
    picker = QueryPicker(BEHAVIOURS)
    picker.build()
    shown = picker.show(QUERY)
    assert picked(*(shown[one] for one in picker.components)) == QUERY


@pytest.mark.parametrize("odd", [None, 7, "x", ["x", 7, None], {"a": 1}, [[]], True])
def test_whatever_a_browser_sends_is_a_query_or_none(odd):
    """Values of any kind in any place raise nothing; without a measure nothing was asked."""
    assert picked(*[odd] * 10) is None
    read = picked("findings", *[odd] * 9)
    assert read is not None
    assert (read.measure, read.kinds, read.fundamentals) == (Measure.FINDINGS, (), ())
    assert (read.comparison, read.change, read.order) == (Comparison.NONE, Change.ANY, Order.EVIDENCE)
    assert read.why is (odd is True)


@pytest.mark.parametrize("measure", ["who_said_what", "ranking", "unclear"])
def test_what_is_not_answered_cannot_be_picked(measure):
    """There is no picker for who said what."""
    assert picked(measure, *[None] * 9) is None


def test_a_score_is_drawn_from_the_middle_and_a_share_from_the_start():
    """Fear goes to the left, trust to the right; counts have no range."""
    figures = (
        Figure("Mia", "2026-Q4", (), 1, 1, 6, -0.5, (-0.8, 0.2)),
        Figure("Leo", "2026-Q4", (), 0, 0, 6),
    )
    climate = Answer("", "2026-Q4", "", "", (), query=Query(Measure.CLIMATE), figures=figures)
    assert bars(climate) == (Bar("Mia", "-0.5 (between -0.8 and +0.2)", 6, 25, 50, 10, 60),)
    share = Figure("Trust", "2026-Q4", (), 3, 4, 9, 0.75, (0.5, 0.9))
    count = Figure("All", "2026-Q4", (), 3, 4, 9)
    answer = Answer("", "2026-Q4", "", "", (), query=Query(Measure.ALIGNMENT), figures=(share, count))
    assert bars(answer) == (
        Bar("Trust", "75 % (between 50 and 90 %)", 9, 0, 75, 50, 90),
        Bar("All", "3 of 4", 9, 0, 75),
    )
