"""The decisions around a call: whether to try again, and whether to let it out."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.conversation import Message
from assistant.domain.errors import BadAnswer, NotSet, OutOfReach
from assistant.domain.words import Speaker
from assistant.engines.llm import line
from assistant.engines.llm.breaker import FAILURES, RESTS, Breaker, after
from assistant.engines.llm.faults import Fault
from assistant.engines.llm.guard import Guard, Limits
from assistant.engines.llm.retrying import LONGEST_WAIT, wait_before_next
from assistant.engines.llm.tokens import count_tokens, last_turns

PASSES = Fault(OutOfReach("busy"), passes=True)
GONE = OutOfReach("gone")


@given(st.integers(1, 9), st.floats(0, 1))
def test_waits_grow_and_are_spread_and_have_an_end(tried, chance):
    """Between half of it and all of it, so that many do not come back at once."""
    wait = wait_before_next(tried, 10, PASSES, 1_000, chance)
    whole = min(LONGEST_WAIT, 0.5 * 2 ** (tried - 1))
    assert whole / 2 <= wait <= whole


def test_what_does_not_pass_is_not_tried_again():
    """Nor is what was tried often enough, or what there is no time for."""
    assert wait_before_next(1, 3, Fault(NotSet("no key")), 60, 0.5) is None
    assert wait_before_next(3, 3, PASSES, 60, 0.5) is None
    assert wait_before_next(1, 3, PASSES, 0.1, 1.0) is None


def test_a_server_s_wish_is_heard():
    """And a little more, so that not all come back in the same moment."""
    asked = Fault(OutOfReach("busy"), passes=True, wait=20)
    assert wait_before_next(1, 3, asked, 60, 0.0) == 20
    assert 20 < wait_before_next(1, 3, asked, 60, 1.0) < 21
    assert wait_before_next(1, 3, asked, 10, 0.0) is None


def test_a_breaker_opens_after_failures_in_a_row_and_closes_again():
    """It rests, lets one try, and a success is a new beginning."""
    breaker = Breaker()
    for _ in range(FAILURES):
        assert breaker.lets_pass(100)
        breaker = after(breaker, GONE, 100)
    assert not breaker.lets_pass(100 + RESTS - 1)
    assert breaker.lets_pass(100 + RESTS)
    assert not after(breaker, GONE, 200).lets_pass(201)
    assert after(breaker, None, 200) == Breaker()


async def deaf() -> str:
    """A call that does not let itself be broken off."""
    ends = time.monotonic() + 4
    while time.monotonic() < ends:
        try:
            await asyncio.sleep(1)
        except asyncio.CancelledError:
            continue
    return "too late"


async def deaf_after_a_word():
    """A stream that says one word and then hears nothing."""
    yield "Well"
    yield await deaf()


@pytest.mark.parametrize(
    "wait", [lambda guard: guard.result(deaf), lambda guard: list(guard.pieces(deaf_after_a_word))]
)
def test_nobody_waits_for_a_call_that_cannot_be_broken_off(wait):
    """The time limit holds for whoever waits, also where a library swallows the order to end; others get their turn."""
    guard = Guard(Limits(seconds=0.3, at_once=1))
    begun = time.monotonic()
    with pytest.raises(OutOfReach, match=r"0\.3 seconds"):
        wait(guard)
    assert time.monotonic() - begun < 2

    async def quick() -> str:
        return "here"

    assert guard.result(quick) == "here"


def test_an_answer_that_is_of_no_use_shows_that_somebody_is_there():
    """So one person's words cannot take the model away from all others."""
    breaker = Breaker()
    for _ in range(10):
        breaker = after(breaker, BadAnswer("no"), 100)
    assert breaker.lets_pass(100)


def test_wrong_settings_are_not_tried_on_everybody():
    """The first refusal of a key opens the breaker."""
    assert not after(Breaker(), NotSet("no key"), 100).lets_pass(101)


@pytest.mark.parametrize(("text", "tokens"), [("", 0), ("hello world", 2), ("<|endoftext|>", 7)])
def test_tokens_are_counted_without_a_network(text, tokens):
    """What looks like a special token is text like any other."""
    assert count_tokens(text) == tokens


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=8), st.integers(0, 100))
def test_the_last_turns_stay(texts, most):
    """In order, the very last one always, and no more than fit."""
    history = tuple(Message(Speaker.USER, text) for text in texts)
    kept = last_turns(history, most, len)
    assert kept == history[len(history) - len(kept) :]
    assert kept
    assert len(kept) == 1 or sum(len(m.content) + 4 for m in kept) <= most


def test_threads_that_make_their_first_call_in_the_same_moment_share_one_line(monkeypatch):
    """Connections belong to the event loop of the line: with two of them calls would fail by chance."""
    made = []

    class SlowToBegin(line.Line):
        def __init__(self) -> None:
            made.append(self)
            time.sleep(0.2)

    monkeypatch.setattr(line, "Line", SlowToBegin)
    monkeypatch.setattr(line, "_lines", [])
    with ThreadPoolExecutor(4) as threads:
        held = [*threads.map(lambda _: line.the_line(), range(4))]
    assert len(made) == 1
    assert all(one is made[0] for one in held)
