"""What a manager takes on: few at a time, dated, ended with a reason, and asked after once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.domain.commitments import (
    LONGEST_TEXT,
    Commitment,
    CommitmentState,
    asked_after,
    closed,
    noted,
    taken_on,
)
from assistant.domain.errors import BadInput, Refused

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
OPENED = NOW + timedelta(days=60)


def a_commitment(id: str = "a", **changed) -> Commitment:
    """One that was taken on today and is looked back at in three weeks."""
    made = Commitment(
        id, "mia@acme.example", "2026-Q3", "priorities", None, "Why?", "Say why.", date(2026, 10, 26), NOW
    )
    return replace(made, **changed)


def test_two_are_open_at_most():
    """A third is refused; once one of the two has ended there is room again."""
    two = [a_commitment("a"), a_commitment("b")]
    with pytest.raises(Refused, match="2 commitments open"):
        taken_on(a_commitment("c"), two)
    ended = closed(two[0], CommitmentState.DONE, "", NOW)
    assert taken_on(a_commitment("c"), [ended, two[1]]).id == "c"


@pytest.mark.parametrize("due", [date(2026, 10, 4), date(2027, 11, 1)], ids=["gone by", "out of sight"])
def test_the_day_to_look_back_lies_ahead(due):
    """Neither in the past, nor further away than a year; today will do."""
    with pytest.raises(BadInput, match="from today on"):
        taken_on(a_commitment(due=due), ())
    assert taken_on(a_commitment(due=NOW.date()), ()).due == NOW.date()


@pytest.mark.parametrize("step", ["  \n", "x" * (LONGEST_TEXT + 1)], ids=["empty", "too long"])
def test_a_step_has_words_and_not_too_many(step):
    """What is taken on is a sentence or a few."""
    with pytest.raises(BadInput):
        taken_on(a_commitment(step=step), ())
    with pytest.raises(BadInput):
        noted(a_commitment(), step, NOW)


@pytest.mark.parametrize("state", [CommitmentState.CHANGED, CommitmentState.DROPPED])
def test_what_is_not_done_ends_with_a_reason(state):
    """Done needs no more words; something else, or letting go, says why."""
    assert closed(a_commitment(), CommitmentState.DONE, " ", NOW).outcome == ""
    with pytest.raises(BadInput, match="why"):
        closed(a_commitment(), state, " ", NOW)
    ended = closed(a_commitment(), state, " The plan changed. ", NOW)
    assert (ended.state, ended.outcome, ended.closed_at) == (state, "The plan changed.", NOW)


def test_it_is_time_to_look_back_from_its_day_on_while_it_is_open():
    """Not before, and no more once it has ended."""
    one = a_commitment()
    assert [one.is_due(one.due + timedelta(days=days)) for days in (-1, 0, 1)] == [False, True, True]
    assert not closed(one, CommitmentState.DONE, "", NOW).is_due(one.due)


def test_it_ends_once_and_not_in_being_open():
    """What was said of it stands."""
    with pytest.raises(BadInput):
        closed(a_commitment(), CommitmentState.OPEN, "", NOW)
    with pytest.raises(Refused, match="already"):
        closed(closed(a_commitment(), CommitmentState.DONE, "", NOW), CommitmentState.DROPPED, "No.", NOW)


def test_the_next_round_asks_after_what_was_taken_on_before_it_opened():
    """Done, changed or open, the one due first before others; not what was let go, and not what came later."""
    first, second = a_commitment("a", due=date(2026, 10, 20)), a_commitment("b", due=date(2026, 10, 10))
    done = closed(first, CommitmentState.DONE, "", NOW + timedelta(days=9))
    dropped = closed(a_commitment("c"), CommitmentState.DROPPED, "No.", NOW + timedelta(days=9))
    late = a_commitment("d", taken_at=OPENED)
    assert [one.id for one in asked_after((done, second, dropped, late), "2026-Q3", OPENED)] == ["b", "a"]


def test_a_round_asks_after_nothing_that_ended_rounds_ago():
    """From an earlier round only what was still open when this one opened, also if it has ended since."""
    of_old = {"round_key": "2025-Q1"}
    ended = closed(a_commitment("a", **of_old), CommitmentState.DONE, "", OPENED - timedelta(days=1))
    ended_since = closed(a_commitment("b", **of_old), CommitmentState.DONE, "", OPENED)
    open_ = a_commitment("c", **of_old)
    assert [one.id for one in asked_after((ended, ended_since, open_), "2026-Q3", OPENED)] == ["b", "c"]


def test_words_are_due_after_the_end_or_the_day():
    """Ninety days after it ended, or after its day where nobody said what became of it."""
    open_ = a_commitment()
    ended = closed(open_, CommitmentState.DONE, "", NOW)
    assert not ended.words_are_due(NOW + timedelta(days=89), 90)
    assert ended.words_are_due(NOW + timedelta(days=90), 90)
    assert not open_.words_are_due(NOW + timedelta(days=90), 90)
    assert open_.words_are_due(NOW + timedelta(days=111), 90)


def test_without_words_nothing_of_the_manager_s_is_left():
    """Step, outcome and notes go; what it is about and how it ended stays."""
    ended = closed(noted(a_commitment(), "It was hard.", NOW), CommitmentState.DONE, "They liked it.", NOW)
    bare = ended.without_words
    assert (bare.step, bare.outcome, bare.notes) == ("", "", ())
    assert (bare.behaviour, bare.state, bare.question) == ("priorities", CommitmentState.DONE, "Why?")
