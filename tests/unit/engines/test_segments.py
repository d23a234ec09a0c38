"""Cutting a message into clauses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.engines.embedded.segments import LEAST_WORDS, segments


def cut(text: str) -> list[str]:
    """The clauses of a text."""
    return [segment.text for segment in segments(text)]


pieces = [
    "but ",
    "yet ",
    " - ",
    "; ",
    ". ",
    "! ",
    "?",
    "\n",
    "e.g. ",
    "\u2026",
    "\u201d",
    " \u2014 ",
    "we plan ",
    "\xa0",
    "\u3000",
]


@given(st.text() | st.lists(st.sampled_from(pieces) | st.text(max_size=6), max_size=40).map("".join))
def test_a_clause_is_exactly_what_stands_at_its_place(text):
    """In order, without overlap, without white space at the edges, and never only a word or two."""
    found = segments(text)
    end = 0
    for segment in found:
        assert text[segment.start : segment.end] == segment.text == segment.text.strip()
        assert segment.start >= end
        assert len(segment.text.split()) >= LEAST_WORDS
        end = segment.end


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("She listens to us. He does not listen!", ["She listens to us.", "He does not listen!"]),
        ("first line of it\nsecond line of it", ["first line of it", "second line of it"]),
        ("Does she listen to us?! I think so\u2026 She does.", ["Does she listen to us?!", "I think so\u2026"]),
        ('She said "we wait." Then we waited.', ['She said "we wait."', "Then we waited."]),
        ("It is 4.5 hours from the depot", ["It is 4.5 hours from the depot"]),
        ("", []),
        ("Fine, thanks", []),
    ],
)
def test_sentences_are_cut_at_their_ends(text, clauses):
    """What has fewer than three words cannot stand for itself and is left out."""
    assert cut(text) == clauses


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("She plans the week well, but she never asks us", ["She plans the week well", "but she never asks us"]),
        ("She plans the week well although nobody asked for it", None),
        ("He is always there; he never says why", ["He is always there", "he never says why"]),
        ("He is always there \u2013 he never says why", ["He is always there", "he never says why"]),
        ("She listens, but not always to us", ["She listens, but not always to us"]),
        ("She plans the whole week, but late", ["She plans the whole week, but late"]),
        ("a well-known rebuttal of the butler", ["a well-known rebuttal of the butler"]),
    ],
)
def test_a_sentence_is_cut_at_a_contrast_where_both_parts_can_stand(text, clauses):
    """Four words on each side at least; words that only begin like a contrast are none."""
    assert cut(text) == (clauses or ["She plans the week well", "although nobody asked for it"])


@pytest.mark.parametrize(
    "text",
    [
        "She gives us tools, e.g. a new trolley, in time",
        "We meet at approx. nine every day",
        "Ask Dr. Lee or Mrs. Oak about it",
        "He met J. Smith and A. Jones there",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text):
    """Its full stop belongs to the word."""
    assert cut(text) == [text]


def test_emoji_count_as_the_characters_they_are():
    """Offsets after an emoji made of several characters still hold."""
    text = "\U0001f44d\U0001f3fd great. She explains every change \U0001f468\u200d\U0001f469\u200d\U0001f467 to us."
    (segment,) = segments(text)
    assert text[segment.start : segment.end] == segment.text
    assert segment.text.startswith("She explains")


@pytest.mark.parametrize(
    "pattern",
    [
        "She explains it. ",
        "She plans it - ",
        "but ",
        "a; ",
        "...",
        " ",
        "\n",
        "x",
        "e.g. ",
        "....x",
        ", ",
        '."',
        "; - ",
    ],
)
def test_cutting_takes_time_with_the_length_and_not_with_its_square(pattern):
    """100,000 characters are cut in seconds whatever they are; a square would take minutes."""
    text = (pattern * 100_000)[:99_999] + "x"
    started = time.process_time()
    segments(text)
    assert time.process_time() - started < 20
