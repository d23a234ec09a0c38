"""What a question says, from what rules hear in it and what a trained reader makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.inquiry import Change, Comparison, Measure, Order
from assistant.domain.words import Fundamental
from assistant.engines.embedded.following import Heard
from assistant.engines.embedded.question_aims import Aim
from assistant.engines.embedded.question_reader import NONE, Guess, Guesses
from assistant.engines.embedded.question_rounds import When

LIKELY = 0.7
"""From so much on the reader has the say, also where rules know every word of a question."""

POSSIBLE = 0.2
"""From so much on it has the say where there are words that no rule knows."""

DENIES = 0.9
"""From so much on it has the say that nothing is said of a part of which rules hear something."""

SURE = 0.6
"""From so much on it says what a question that carries on is after, where rules hear nothing of the kind."""

DECLINED = frozenset({Measure.WHO_SAID_WHAT, Measure.RANKING})
"""What rules hear of this stands, whatever the reader makes of a question."""


def told(heard: Heard, reading: Guesses, is_accounted_for: bool, rounds: Sequence[str]) -> Heard:
    """What a question that stands by itself says.

    ``is_accounted_for`` says whether rules know all of its words; ``rounds`` are all there are, the oldest first.
    """
    enough = LIKELY if is_accounted_for else POSSIBLE
    return _with_aim(_with_turns(_with_topic(heard, reading, enough), reading, enough, rounds), reading.aim, enough)


def carried(heard: Heard, reading: Guesses, is_accounted_for: bool) -> Heard:
    """What a question says that carries on from the one before: little, so that the reader has to be sure.

    Where rules know all of its words, they are all that it says. That everything is asked for says nothing new.
    """
    if is_accounted_for or heard.measure or heard.kinds:
        return heard
    heard = _with_topic(heard, reading, LIKELY)
    is_new = not heard.has_topic and reading.aim.value != Aim.OVERVIEW
    return _with_aim(heard, reading.aim, SURE) if is_new else heard


def _with_aim(heard: Heard, aim: Guess, enough: float) -> Heard:
    """Rules may decline by themselves; the reader can only add to that."""
    if heard.measure in {*DECLINED, Measure.UNCLEAR} or aim.sure < enough:
        return heard
    after = Aim(aim.value)
    return replace(heard, measure=after.measure, kinds=after.kinds, is_told=True)


def _with_topic(heard: Heard, reading: Guesses, enough: float) -> Heard:
    """One behaviour, or else fundamentals; of several that rules hear, one does not stand for all."""
    behaviour, fundamental = reading.behaviour, reading.fundamental
    if _decides(behaviour, bool(heard.behaviours), enough):
        heard = replace(heard, behaviours=() if behaviour.value == NONE else (behaviour.value,))
    if heard.behaviours:
        return replace(heard, fundamentals=())
    if fundamental.value in heard.fundamentals or not _decides(fundamental, bool(heard.fundamentals), enough):
        return heard
    return replace(heard, fundamentals=() if fundamental.value == NONE else (Fundamental(fundamental.value),))


def _with_turns(heard: Heard, reading: Guesses, enough: float, rounds: Sequence[str]) -> Heard:
    """What is held against what, which change is meant, what comes first, and whether reasons are asked for."""
    order, why, comparison = reading.order, reading.why, reading.comparison
    if _decides(order, heard.order is not None, enough):
        heard = replace(heard, order=None if order.value == NONE else Order(order.value))
    if _decides(why, heard.why, enough):
        heard = replace(heard, why=why.value != NONE)
    if not _decides(comparison, heard.compares, enough):
        return heard
    compared = Comparison(comparison.value)
    of_teams = Comparison.NONE if compared is Comparison.ROUNDS else compared
    return replace(heard, time=_when(heard.time, reading, rounds), comparison=of_teams)


def _decides(guess: Guess, is_heard: bool, enough: float) -> bool:
    """Whether the reader has the say on a part; that nothing is said of what rules hear, it has to be surer of."""
    return guess.sure >= (DENIES if is_heard and guess.value == NONE else enough)


def _when(time: When, reading: Guesses, rounds: Sequence[str]) -> When:
    """The rounds that are named stay. Those that only a word for change stands for go where no change is read."""
    if reading.comparison.value != Comparison.ROUNDS:
        return When() if time.is_by_change_alone else time
    if time.comparison is not Comparison.ROUNDS:
        if time.rounds and reading.comparison.sure < DENIES:
            return time
        time = When(tuple(rounds[-2:]), Comparison.ROUNDS, time.change)
    if reading.change.value == NONE:
        return time
    return replace(time, change=Change(reading.change.value))
