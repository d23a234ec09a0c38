"""An organisation's own cards beside ours."""

from dataclasses import replace
from datetime import date

from tests.fakes.reports import a_knowledge, a_practice

TODAY = date(2026, 11, 2)


def test_own_cards_are_there_up_to_their_last_day():
    """What has run out is left out; ours have no last day."""
    ours, own = a_practice("ours"), replace(a_practice("own"), owner="Ops", expires=TODAY)
    known = a_knowledge(ours)
    assert set(known.with_own([own], TODAY).practices) == {"ours", "own"}
    assert set(known.with_own([own], date(2026, 11, 3)).practices) == {"ours"}
    assert ours.is_in_use(date(2999, 1, 1))
