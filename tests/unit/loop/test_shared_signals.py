"""What a feedback tells of the climate once something in it was held back."""

from dataclasses import replace

from assistant.domain.statements import Described, Reading, Signs, Span, Statement
from assistant.domain.words import Fundamental, Signal, Stance
from assistant.loop.sides import shared_signals, shared_signs

SAFETY, FEAR = Described(Signal.SAFETY, 0.8), Described(Signal.FEAR, 0.9)
LINE = Statement(
    id="f:1",
    conversation="f",
    author="li",
    about=None,
    span=Span(1, 0, 4),
    text="text",
    fundamental=Fundamental.BUILDING_TRUST,
    behaviour="bad_news",
    stance=Stance.HARMFUL,
    confidence=0.9,
    signal=Signal.FEAR,
)
OTHER = replace(LINE, id="f:2", span=Span(1, 10, 20), signal=Signal.SAFETY)


def test_everything_counts_where_nothing_was_held_back():
    """Also what only a remark told, which is no statement."""
    assert shared_signals(Reading((replace(LINE, signal=None),), (SAFETY, FEAR))) == (SAFETY, FEAR)


def test_what_was_held_back_carries_no_signal():
    """Neither the one that the line told, nor one that its words may have made more probable."""
    back = replace(LINE, shared=False)
    assert shared_signals(Reading((back, OTHER), (SAFETY, FEAR))) == (SAFETY,)
    assert shared_signals(Reading((back,), (SAFETY, FEAR))) == ()
    assert shared_signals(Reading((replace(back, signal=None), OTHER), (SAFETY, FEAR))) == (SAFETY,)


def test_of_a_feedback_signed_line_by_line_only_what_the_lines_carry_counts():
    """Whoever signed each line is known, so whatever else they told of would be told of them, unsigned."""
    lines = (replace(LINE, named=True), replace(OTHER, named=True, signal=None))
    assert shared_signals(Reading(lines, (SAFETY, FEAR))) == (FEAR,)
    assert shared_signals(Reading(lines, (SAFETY, FEAR)), signed=True) == (SAFETY, FEAR)
    assert shared_signals(Reading((lines[0], OTHER), (SAFETY, FEAR))) == (SAFETY, FEAR)


def test_what_a_feedback_says_as_a_whole_counts_only_where_nothing_was_held_back():
    """The signs of trust and fear are told by every word, so by one that was held back, too."""
    signs = Signs(0.7, 0.1)
    lines = (LINE, OTHER)
    assert shared_signs(Reading(lines, signs=signs)) == signs
    assert shared_signs(Reading((replace(LINE, shared=False), OTHER), signs=signs)) is None
    named = tuple(replace(line, named=True) for line in lines)
    assert shared_signs(Reading(named, signs=signs)) is None
    assert shared_signs(Reading(named, signs=signs), signed=True) == signs
