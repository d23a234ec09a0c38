"""The rules of a rehearsal, whatever a page sends back."""

import pytest

from assistant.coaching.role_play import LONGEST_ANSWER, MOST_ANSWERS, answered, answers, next_question, opening
from assistant.coaching.talk import guide
from assistant.domain.conversation import Message
from assistant.domain.errors import BadInput, Refused
from assistant.domain.words import Speaker
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report

GUIDE = guide(a_report("m", a_finding()), BEHAVIOURS)
OPENING = opening(GUIDE)
YOU, ME = Speaker.ASSISTANT, Speaker.USER


def test_it_begins_with_a_likely_question():
    """Nobody has to think of how to begin."""
    assert [(m.role, m.content) for m in OPENING] == [(YOU, GUIDE.questions[0].asked)]


def test_no_question_of_the_house_comes_twice():
    """Also where each of them has to be asked, as no model answers."""
    played = OPENING
    for n in range(MOST_ANSWERS):
        played = (*answered(played, f"Answer {n}."), Message(YOU, next_question(GUIDE, played)))
    put = [m.content for m in played if m.role is YOU]
    assert answers(played) == MOST_ANSWERS
    assert len(set(put)) == len(put)
    with pytest.raises(Refused, match="over"):
        answered(played, "One more.")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "nothing"), (" \x00\n ", "nothing"), ("a" * (LONGEST_ANSWER + 1), "1,500")],
    ids=["nothing", "nothing that can be read", "too much"],
)
def test_an_answer_that_is_none_is_told_what_it_lacks(text, complaint):
    """In the words of whoever wrote it."""
    with pytest.raises(BadInput, match=complaint):
        answered(OPENING, text)


@pytest.mark.parametrize(
    "shown",
    [
        (),
        (Message(ME, "I begin."),),
        (*OPENING, Message(ME, "An answer that is still due.")),
        (*OPENING, *OPENING, *OPENING),
        (Message(YOU, "a" * 5_000),),
        (*OPENING, Message(ME, "a" * (LONGEST_ANSWER + 1)), *OPENING),
    ],
    ids=["nothing", "the wrong one begins", "the wrong one ends", "one alone", "a long reply", "a long answer"],
)
def test_what_is_no_rehearsal_is_not_gone_on_with(shown):
    """A page would not have left it like that."""
    with pytest.raises(BadInput, match="Begin it anew"):
        answered(shown, "Here I am.")


def test_control_characters_go_no_further():
    """Neither those of the answer nor those of what is said to have been said before."""
    played = answered((Message(YOU, "So\x07?"),), "We\x1bll.")
    assert [m.content for m in played] == ["So?", "Well."]
