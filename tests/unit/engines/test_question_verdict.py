"""What a question says, where rules hear one thing and a trained reader makes another of it."""

from dataclasses import replace

import pytest

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Order, Query
from assistant.domain.words import GAPS
from assistant.engines.embedded.analyst import EmbeddedAnalyst
from assistant.engines.embedded.question_reader import UNSURE, Guess
from tests.fakes.analyst import KNOWLEDGE, MANAGERS, ROUNDS, understand


def test_the_reader_has_the_say_on_words_that_no_rule_knows() -> None:
    """On what is asked for, what it is about, and what is held against what."""
    assert set(understand("What do people grumble about?").kinds) == GAPS
    hinted = understand("Where do folks drop hints of squabbles?")
    assert (set(hinted.kinds), hinted.behaviours) == (GAPS, ("giving_credit",))
    course = understand("How do squabbles look beside the spring?")
    assert (course.rounds, course.comparison, course.change) == (ROUNDS[-2:], Comparison.ROUNDS, Change.WORSE)


def test_rules_have_the_say_where_they_know_every_word_and_the_reader_is_not_sure() -> None:
    """A question that is put plainly is read by its words."""
    assert set(understand("What goes well where people drop hints?").kinds) == set(GAPS)
    assert understand("How is the climate where they are hushed?").measure is Measure.CLIMATE


def test_that_nothing_is_said_of_what_rules_hear_the_reader_has_to_be_surer_of() -> None:
    """What is explicit stays: the order, the comparison and the behaviour."""
    query = understand("Which gaps in workload are most common, just shared with Leo compared with the rest?")
    assert (query.order, query.comparison, query.behaviours) == (Order.SPREAD, Comparison.REST, ("workload",))


def test_the_reader_can_decline_and_never_opens_what_rules_decline() -> None:
    """Who said what stays shut, however sure it is of something else."""
    assert understand("Which beans were spilled, and by what mouth?").measure is Measure.WHO_SAID_WHAT
    assert understand("Who complained, and what do they grumble about?").measure is Measure.WHO_SAID_WHAT
    assert understand("Who is the worst manager when people are hushed?").measure is Measure.RANKING


def test_a_question_that_carries_on_is_read_where_rules_hear_nothing_of_what_it_is_after() -> None:
    """What words say stands."""
    before = Query(Measure.CLIMATE, ("mia@acme.example",))
    assert set(understand("And do they grumble?", before).kinds) == GAPS
    assert understand("And how many answered, do they grumble?", before).measure is Measure.PARTICIPATION


@pytest.mark.parametrize("question", ["And in Q2?", "And for Leo?", "ok and Depot?"])
def test_a_question_that_only_names_somebody_or_a_round_is_not_read_for_more(question: str) -> None:
    """However sure the reader is of something."""
    sure = replace(UNSURE, aim=Guess("gaps", 0.99))
    analyst = EmbeddedAnalyst(lambda _question, _signs: sure, KNOWLEDGE)
    before = Query(Measure.CLIMATE, ("mia@acme.example",))
    assert analyst.understand(question, Askable(MANAGERS, ROUNDS, before)).measure is Measure.CLIMATE


def test_what_a_question_that_carries_on_is_about_is_read_as_well() -> None:
    """A behaviour in words that no rule knows takes the place of the one before."""
    before = Query(Measure.FINDINGS, ("mia@acme.example",), behaviours=("workload",))
    query = understand("And what of the thanks?", before)
    assert (query.behaviours, query.managers) == (("giving_credit",), ("mia@acme.example",))


def test_everything_is_nothing_new_in_a_question_that_carries_on() -> None:
    """What was measured before goes on."""
    before = Query(Measure.PARTICIPATION, ("mia@acme.example",))
    assert understand("And all in all a while ago, in Q1?", before).measure is Measure.PARTICIPATION
