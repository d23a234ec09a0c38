"""Conversations: whose words they are, cleaning, and telling two of the same content."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.conversation import Conversation, ConversationState, Message, clean, fingerprint
from assistant.domain.words import ConversationKind, Speaker

HELLO = (Message(Speaker.ASSISTANT, "What value?"), Message(Speaker.USER, "She listens."))


def test_what_was_said_is_the_author_s_own_words_with_their_place():
    """The assistant's turns are left out, and the numbers still count them."""
    messages = (*HELLO, Message(Speaker.ASSISTANT, "And?"), Message(Speaker.USER, "That is all."))
    held = Conversation("1", "r", ConversationKind.FEEDBACK, "li@acme.example", "mia@acme.example", messages)
    assert held.said == ((1, "She listens."), (3, "That is all."))


def test_a_conversation_is_anonymous_and_sent_unless_it_says_otherwise():
    """An imported feedback without ``named`` is anonymous."""
    held = Conversation("1", "r", ConversationKind.FEEDBACK, "li@acme.example", "mia@acme.example", HELLO)
    assert (held.named, held.state) == (False, ConversationState.SENT)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  She listens.\n", "She listens."),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("tab\tand\nline stay", "tab\tand\nline stay"),
        ("bell\x07 and null\x00", "bell and null"),
        ("cafe\u0301", "caf\u00e9"),
        ("half \ud83d a character", "half  a character"),
        ("newer than Python \U0001fac6 \U0001faea", "newer than Python \U0001fac6 \U0001faea"),
        ("family \U0001f468\u200d\U0001f469\u200d\U0001f467", "family \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("e\x00\u0301", "\u00e9"),
        ("\x00 \t\n", ""),
    ],
)
def test_cleaning_takes_out_what_nobody_typed(text, cleaned):
    """Control characters, halves of characters and outer white space go; words, lines and emoji stay."""
    assert clean(text) == cleaned


@given(st.text(st.characters(codec=None) | st.sampled_from("\x00\r\n\u0301e ")))
def test_cleaned_text_stays_as_it_is(text):
    """Cleaning twice changes nothing, the result is in normal form C and can be written as UTF-8."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_the_same_content_has_the_same_fingerprint_and_any_other_another():
    """Round, kind, author, whom it is about, and each message count."""
    feedback, reflection = ConversationKind.FEEDBACK, ConversationKind.REFLECTION
    other = (Message(Speaker.USER, "What value?"), Message(Speaker.USER, "She listens."))
    contents = [
        ("2026-Q4", feedback, "li@acme.example", "mia@acme.example", HELLO),
        ("2026-Q3", feedback, "li@acme.example", "mia@acme.example", HELLO),
        ("2026-Q4", reflection, "li@acme.example", "mia@acme.example", HELLO),
        ("2026-Q4", feedback, "sam@acme.example", "mia@acme.example", HELLO),
        ("2026-Q4", feedback, "li@acme.example", None, HELLO),
        ("2026-Q4", feedback, "li@acme.example", "mia@acme.example", HELLO[:1]),
        ("2026-Q4", feedback, "li@acme.example", "mia@acme.example", HELLO[::-1]),
        ("2026-Q4", feedback, "li@acme.example", "mia@acme.example", other),
    ]
    digests = [fingerprint(*content) for content in contents]
    assert digests == [fingerprint(*content) for content in contents]
    assert all(one != another for one, another in combinations(digests, 2))
    assert all(len(digest) == 64 for digest in digests)
