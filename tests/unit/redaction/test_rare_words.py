"""Words that hardly anybody uses."""

import re

import pytest

from assistant.redaction.rare_words import is_known, rare_words

KNOWN = frozenset(
    re.findall(r"\w+", "she he explains explain plan plans stop happy the a we work shop floor why it of to was all")
)


@pytest.mark.parametrize(
    "word", ["explaining", "planned", "stopping", "happily", "unhappy", "workshop", "replan", "happiness"]
)
def test_forms_and_compounds_of_known_words_are_known(word) -> None:
    """By an ending, a beginning, or two that are joined."""
    assert is_known(word, KNOWN)


def test_a_rare_word_of_an_english_text_is_marked() -> None:
    """Where it stands, and nothing else."""
    text = "She explains why it was all zymurgical and we plan it"
    assert [text[g.start : g.end] for g in rare_words(text, KNOWN)] == ["zymurgical"]


def test_nothing_is_rare_in_another_language() -> None:
    """Where most words are unknown, none is marked."""
    assert list(rare_words("Sie erklärt immer warum wir etwas anders machen sollen", KNOWN)) == []
