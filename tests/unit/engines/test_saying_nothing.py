"""What is said back to whoever gives no answer: that nothing comes to mind, is hard to say, or seems of no use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.interview import Asked, Move, Slot, Turn, Wish
from assistant.engines.embedded.feedback_phrases import FEEDBACK
from tests.fakes.interview import LI_ON_MIA, hear, say, told


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Nothing, really.", {"nothing comes to mind", "nothing stands out"}),
        ("Nope", {"nothing comes to mind", "nothing stands out"}),
        ("I can\u2019t think of anything", {"nothing comes to mind", "nothing stands out"}),
        ("No idea.", {"you are not sure", "it is hard to say"}),
        ("Hm, I don't know", {"you are not sure", "it is hard to say"}),
        ("What a waste of time", {"you see little point in this", "you doubt that this leads anywhere"}),
        ("bullshit", {"you see little point in this", "you doubt that this leads anywhere"}),
    ],
)
def test_what_stands_in_place_of_an_answer_is_said_back(text: str, clauses: set[str]) -> None:
    """In calm words that change from turn to turn, and never in the insult's own."""
    said = {hear(text, replace(LI_ON_MIA, turn=turn)).gist for turn in range(1, 5)}
    assert said == clauses


@pytest.mark.parametrize("text", ["...", "\U0001f44d", "No value at all.", "Never", "That's it"])
def test_what_would_be_said_wrongly_is_not(text: str) -> None:
    """A sign without words says nothing to rely on, and "no value" is no lack of an answer that comes to mind."""
    heard = hear(text, LI_ON_MIA)
    assert heard.nothing
    assert heard.gist is None


@pytest.mark.parametrize("slot", FEEDBACK.try_once_more)
def test_the_second_try_says_it_back_and_asks_once(slot: Slot) -> None:
    """Before its kind word; nobody is told what to find."""
    turn = Turn(Move.TRY_ONCE_MORE, Asked(slot), hear("Nothing really.", LI_ON_MIA))
    words = say(turn, LI_ON_MIA, told("What?", "Nothing really."))
    assert words.lower().startswith(("nothing", "so nothing"))
    assert words.count("?") == 1
    assert words.split(". ", 1)[1] in {wording.format(who="Mia") for wording in FEEDBACK.try_once_more[slot]}


@pytest.mark.parametrize(
    "text",
    [
        "You want dirt on her so that you can fire somebody.",
        "You people are just collecting names",
        "Anything will be held against me",
        "You\u2019ll show this to her anyway.",
        "This goes straight to HR, doesn't it.",
    ],
)
def test_mistrust_is_heard_and_not_argued_with(text: str) -> None:
    """It is an answer like any other, and what is said back takes no side."""
    heard = hear(text, LI_ON_MIA)
    words = say(Turn(Move.ASK, Asked(Slot.MISSING), heard), LI_ON_MIA, told("What?", text))
    assert (heard.nothing, heard.wish) == (False, None)
    assert "what this is for. " in words
    assert not any(word in words for word in ("dirt", "collecting", "against", "HR"))


@pytest.mark.parametrize("text", ["Hard when you are trying to work", "She is after results", "They want somebody new"])
def test_no_mistrust_is_heard_in_words_about_others(text: str) -> None:
    """Nor where "you" is whoever comes."""
    assert "what this is for" not in (hear(text, LI_ON_MIA).gist or "")


def test_a_wish_is_no_lack_of_an_answer() -> None:
    """It is granted, and nothing is said back."""
    assert hear("No. Next question please").wish is Wish.SKIP
    assert hear("No. Next question please").gist is None
