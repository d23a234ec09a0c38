"""The questions in what an assistant says."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?\u061f])\s+|(?<=[\u3002\uff01\uff1f])\s*")
_MARKS = ("?", "\uff1f", "\u061f")


def questions(text: str) -> list[str]:
    """The sentences of a text that ask something, in order."""
    return [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.rstrip().endswith(_MARKS)]
