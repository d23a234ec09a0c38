"""Hearing answers without a model: wishes, slots, blame, and whatever else anybody writes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.interview import Heard, Setting, Slot, Wish
from assistant.domain.words import Fundamental
from assistant.engines.embedded.interviewer import EmbeddedInterviewer
from tests.fakes.interview import LI_ON_MIA, MIA_ON_LI, hear


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("skip", Wish.SKIP),
        ("Skip this one, please.", Wish.SKIP),
        ("I'd rather not say.", Wish.SKIP),
        ("Can we move on?", Wish.SKIP),
        ("No. Next question please", Wish.SKIP),
        ("go back", Wish.BACK),
        ("Can we go back to the last question?", Wish.BACK),
        ("I want to change my last answer", Wish.BACK),
        ("Why do you ask?", Wish.WHY),
        ("What\u2019s the point of this question?", Wish.WHY),
        ("I don't understand the question", Wish.WHY),
        ("Who will see this?", Wish.PRIVACY),
        ("Before I answer, is this anonymous?", Wish.PRIVACY),
        ("Will Mia know it was me?", Wish.PRIVACY),
        ("What happens with my answers?", Wish.PRIVACY),
        ("I have to be careful here, she reads everything. Who is going to read this?", Wish.PRIVACY),
        ("You people only want to spy on us", Wish.PRIVACY),
        ("stop", Wish.STOP),
        ("I'm done, thanks", Wish.STOP),
        ("That's enough for today.", Wish.STOP),
    ],
)
def test_a_short_wish_is_heard(text: str, wish: Wish) -> None:
    """What somebody wants of the conversation is understood in many words."""
    assert hear(text) == Heard(wish=wish)


@pytest.mark.parametrize(
    "text",
    [
        "I had to skip lunch",
        "She should stop micromanaging us",
        "Back then it was fine",
        "Why she does it I don't know",
        "She tells us who will read the report",
        "Next week we start the new rota",
        "They pass on every complaint to me",
        "She is discreet, what I say stays confidential",
        "I went back to the customer and told them to stop, and then we could move on to the next question. " * 2,
    ],
)
def test_a_wish_word_in_an_answer_is_an_answer(text: str) -> None:
    """Only a message that is nothing but a wish is one."""
    assert hear(text).wish is None


@pytest.mark.parametrize(
    "text",
    ["nothing", "Nothing, really.", "No idea", "not really", "can't think of anything", "\U0001f44d", "...", " "],
)
def test_nothing_is_heard_as_nothing(text: str) -> None:
    """Answers that hold nothing are known as such, a lone emoji among them."""
    heard = hear(text)
    assert replace(heard, gist=None) == Heard(nothing=True)
    assert (heard.echo, heard.quote) == (None, None)


@pytest.mark.parametrize("text", ["Nothing, she is great at it", "No problem at all with her", "yes", "fine"])
def test_a_terse_answer_is_still_an_answer(text: str) -> None:
    """Short is not empty."""
    assert not hear(text).nothing


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (Slot.EXAMPLE, "In March I sat with her for two hours before the review"),
        (Slot.EXAMPLE, "For example she presents the numbers to the board and I keep quiet"),
        (Slot.EFFECT, "I moved her onto pricing, so she now runs the weekly call"),
        (Slot.EFFECT, "That helped him a lot"),
        (Slot.EFFECT, "Li is no longer afraid of the board"),
        (Slot.OWN_PART, "I should have told her a year earlier"),
        (Slot.OWN_PART, "I was too impatient with them"),
        (Slot.OWN_PART, "That one is on me"),
        (Slot.HARD_TO_HEAR, "Li would probably say that I am never there when it burns"),
        (Slot.HARD_TO_HEAR, "They complain that plans change"),
    ],
)
def test_a_reflection_fills_slots_that_were_not_asked_for(slot: Slot, text: str) -> None:
    """Examples, effects, the own part and hard truths are heard wherever they come."""
    assert slot in hear(text).slots


@pytest.mark.parametrize(
    ("slot", "text"),
    [
        (Slot.MISSING, "I wish she told us why"),
        (Slot.MISSING, "She never explains anything to us"),
        (Slot.MISSING, "Mia should ask before she decides"),
        (Slot.MISSING, "We never hear about the reasons"),
        (Slot.KEEP, "She should keep the Friday talks"),
        (Slot.KEEP, "That should stay as it is"),
        (Slot.EXAMPLE, "Last week she told the client it was my idea"),
    ],
)
def test_a_feedback_fills_slots_that_were_not_asked_for(slot: Slot, text: str) -> None:
    """What is missing and what should stay is heard wherever it comes."""
    assert slot in hear(text, LI_ON_MIA).slots


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("She never lets us down", LI_ON_MIA),
        ("She never gives up on anybody", LI_ON_MIA),
        ("She kept out of it once I had it", LI_ON_MIA),
        ("I would like to thank her", LI_ON_MIA),
        ("I never take credit for her work", MIA_ON_LI),
        ("I moved her onto the pricing work", MIA_ON_LI),
    ],
)
def test_no_slot_is_filled_without_a_clear_sign(text: str, setting: Setting) -> None:
    """A look-alike does not cost somebody the question."""
    assert hear(text, setting).slots == frozenset()


@pytest.mark.parametrize(
    "text",
    ["I assign and check tickets", "I make sure the deadlines are met", "I track the sprint and run the stand-up."],
)
def test_work_management_is_noticed(text: str) -> None:
    """Tasks and numbers alone are no value to a person."""
    assert hear(text).work_management


@pytest.mark.parametrize(
    "text",
    [
        "I check the tickets with her so that she learns to plan them",
        "I support her when deadlines get tight",
        "I cleared the backlog off him",
    ],
)
def test_work_that_reaches_a_person_is_not_work_management(text: str) -> None:
    """The same words with a person in them are an answer."""
    assert not hear(text).work_management


@pytest.mark.parametrize(
    "text",
    [
        "It's not my fault, head office cut everything",
        "They just don't take any ownership",
        "My hands are tied, there is no budget",
        "She is simply lazy",
    ],
)
def test_blame_is_noticed(text: str) -> None:
    """Others or the circumstances at fault, and nothing owned, is noticed."""
    assert hear(text).blames_others


@pytest.mark.parametrize(
    "text",
    [
        "We have no budget, so I taught her myself",
        "Head office blocked it, and I should have told her at once",
        "She doesn't trust herself yet",
    ],
)
def test_circumstances_with_an_own_part_are_no_blame(text: str) -> None:
    """Whoever owns or does something is not turned to their own part."""
    assert not hear(text).blames_others


def test_a_team_member_neither_blames_nor_manages_work() -> None:
    """What a team member says of their manager is always taken as it is."""
    heard = hear("They never listen. I check tickets, and it's not my fault.", LI_ON_MIA)
    assert not heard.blames_others
    assert not heard.work_management


def test_fundamentals_are_heard_by_the_classifier_that_was_handed_in() -> None:
    """The interviewer asks whoever knows, and only about answers."""
    interviewer = EmbeddedInterviewer(lambda text: frozenset({Fundamental.BUILDING_TRUST} if "word" in text else ()))
    assert interviewer.hear("She keeps her word", LI_ON_MIA).fundamentals == {Fundamental.BUILDING_TRUST}
    assert interviewer.hear("skip", LI_ON_MIA).fundamentals == frozenset()


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_whatever_is_written_is_heard_and_what_is_said_back_is_always_plain(text: str) -> None:
    """No text breaks the hearing, and what is said back holds only words, at most fourteen at once."""
    heard = hear(text)
    for words in filter(None, (heard.gist, heard.further, heard.echo, heard.quote)):
        assert re.fullmatch(r"[\w', %-]+", words)
        assert len(words.split()) <= 14


@pytest.mark.parametrize("unit", ["I gave her work last week and she was happy. ", "a", "she never ", "who will see "])
def test_the_longest_message_does_not_stop_the_talk(unit: str) -> None:
    """Twenty thousand characters of any kind are heard; a cue that backtracks would take minutes."""
    text = (unit * 20_000)[:20_000]
    assert _seconds(lambda: hear(text)) < 5


def _seconds(what: Callable[[], object]) -> float:
    started = time.process_time()
    what()
    return time.process_time() - started
