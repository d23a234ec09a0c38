"""What an assistant asks in what it says."""

import pytest

from assistant.engines.llm.asking import questions


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Thank you. What helped? And when?", ["What helped?", "And when?"]),
        ("What helped?", ["What helped?"]),
        ("Tell me more.", []),
        ("ありがとう。何ですか\uff1f", ["何ですか\uff1f"]),
        ("", []),
    ],
)
def test_the_sentences_that_ask_are_found(text, asked):
    """In order, in scripts with marks of their own too."""
    assert questions(text) == asked
