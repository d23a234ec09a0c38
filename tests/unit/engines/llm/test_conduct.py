"""A model's turn is kept to the rules of the interview while it streams."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_core.messages import AIMessage

from assistant.domain.conversation import Message
from assistant.domain.interview import Asked, Heard, Move, Setting, Slot, Turn
from assistant.domain.words import Speaker
from assistant.engines.llm.conduct import MOST_WORDS, conducted
from tests.fakes.chats import an_engine, in_turn

HISTORY = (
    Message(Speaker.ASSISTANT, "What value did Mia bring to your team?"),
    Message(Speaker.USER, "She explains every change."),
)


def kept(text: str, *earlier: str) -> str:
    """What is left of a turn that comes letter by letter, which is the hardest way."""
    return "".join(conducted(list(text), earlier))


@pytest.mark.parametrize(
    "turn",
    [
        "She explains every change. What is one moment that shows it?",
        "So you were alone with it. How did that go?",
        "I see. You kept out of it. What came of it?",
        "If she were away, what would be different?",
        "Sie erklärt jede Änderung. Wann war das zuletzt?",
        "彼女は説明します。それはいつでしたか\uff1f",
        "Elle explique tout. Et qu'est-ce qui manque ?",
        "It sounds as if that was hard. Where did you feel it most?",
    ],
)
def test_a_turn_that_keeps_the_rules_is_said_as_it_is(turn: str) -> None:
    """In any language, and letter for letter."""
    assert kept(turn) == turn


@pytest.mark.parametrize(
    ("turn", "left"),
    [
        ("I see. What happened? And how did you feel? Tell me more.", "I see. What happened?"),
        ("I see. Did it help?", "I see."),
        ("I see. Don't you think that she is right?", "I see."),
        ("I see. That was her mistake, wasn't it?", "I see. That was her mistake, wasn't it?"),
        ("I see. Have you considered a course? What came of it?", "I see. What came of it?"),
        ("You should talk to her. What came of it?", "You know that best. What came of it?"),
        ("Well, you should talk to her. What came of it?", "Well, \u2026"),
        ("Try to listen more. What came of it?", " What came of it?"),
        ("I would suggest a list. What came of it?", "I would like to understand that. What came of it?"),
        ("I'd suggest a list. What came of it?", "I would like to understand that. What came of it?"),
        ("It would help to listen. What came of it?", "I would like to understand that. What came of it?"),
        ("We recommend a list. What came of it?", "We can look at that together. What came of it?"),
        ("Then try a list. What came of it?", "The picture is getting clearer. What came of it?"),
        ("Make sure that she knows. What came of it?", " What came of it?"),
        ("That is hard, and I think you should rest. What came of it?", "That is hard, and I think \u2026"),
        ("A. B. C. D. E. What came of it?", "A. B. C."),
    ],
)
def test_what_breaks_a_rule_is_left_out(turn: str, left: str) -> None:
    """A second question, a closed or leading one, advice, and a turn without end."""
    assert kept(turn) == left


def test_a_question_that_was_put_before_is_left_out() -> None:
    """However its letters are written."""
    assert kept("Good. what came of it ?", "What came of it?") == "Good."


def test_harmless_words_do_not_wait_for_their_sentence() -> None:
    """Whoever waits sees the first word at once."""
    pieces = ["That", " sounds", " as if that", " was hard."]
    assert list(conducted(iter(pieces), ())) == pieces


@pytest.mark.parametrize("first", ["I", "You", "It", "We", "The", '"I', " You"])
def test_a_word_that_many_statements_begin_with_is_said_before_the_next_comes(first: str) -> None:
    """Though advice may begin so, too: it would end in other words."""
    pieces = conducted(iter([first, " see", " that", " well."]), ())
    assert next(pieces) == first
    assert "".join(pieces) == " see that well."


@pytest.mark.parametrize("turn", ["I", "You should", "You must rest. What came of it?"])
def test_a_sentence_of_one_word_never_stands_alone(turn: str) -> None:
    """Where nothing follows the first word, or only advice, the sentence is ended all the same."""
    assert not re.match(r"\w+(?:$|[.\s]*What)", kept(turn))


@pytest.mark.parametrize(
    "answer",
    [
        "You should write it down. Have you tried a list? Did it help?",
        "What do you think? What else? Why? How?",
        "Great! Why don't you ask her? You must be strong. Isn't that right?",
        "word " * 400,
        "Is it so? Was it so?",
    ],
)
def test_whatever_a_model_says_exactly_one_open_question_is_asked(answer, embedded, knowledge) -> None:
    """Where its own breaks a rule, the one that was decided stands in its place."""
    turn = Turn(Move.ASK, Asked(Slot.EXAMPLE), Heard(gist="she explains every change"))
    setting = Setting(is_reflection=False, author="Li", about="Mia", floor=4, turn=1)
    words = "".join(an_engine(in_turn(AIMessage(answer)), embedded, knowledge).word(turn, setting, HISTORY))
    assert words.count("?") == 1
    assert re.search(r"\b(?:what|when|which|if)\b[^.?]*\?$", words, re.IGNORECASE)
    assert not re.search(r"should|tried|why don't|must", words)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aB .?!,\u2026\uff1f\n'", max_size=120))
def test_nothing_is_said_that_was_not_sent(text: str) -> None:
    """But for the sign of a sentence that broke off; and at most one question."""
    said = kept(text)
    assert len(said) <= len(text) + 2
    assert set(said) <= {*text, "\u2026", " "}
    assert len(re.findall(r"[?\uff1f]+(?=\s|$)|\uff1f", said)) <= 1


def test_a_long_turn_ends_with_a_sentence() -> None:
    """Sixty words and no more than the sentence in which they are reached."""
    assert len(kept("Some words are in here and they go on. " * 20).split()) < MOST_WORDS + 10
