"""A piece of an answer word for word, in a language that the engine does not read, chosen by its form alone.

What it says is not known: so it stays the author's own, in quotation marks, and no word of it is turned or weighed. A
short whole sentence comes first; of a long one the beginning, with an ellipsis to tell that it goes on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.engines.embedded.sayable import is_insulting, sentences

LONGEST = 40
SHORTEST = 12
SHORTEST_BEGINNING = 20
"""Letters and vowel signs of a whole sentence, and of the beginning of one; about six make a word."""

WIDE = 2
"""How many letters a sign of Chinese, Japanese or Korean counts for."""

GOES_ON = " \u2026"

_MAY_BREAK = re.compile(r"[,:()\u060c\u3001\uff0c\uff1a\u104a\u1363]|(?:^|\s)[\u2010-\u2015-](?=\s)")
"""Where a sentence may be broken off: signs that set a part of it apart."""

_WITHIN_WORDS = " ',-\u00b7\u02bc\u060c\u05be\u05f3\u05f4\u2010\u2011\u200c\u200d\u3001\u30fb\uff0c\u104a\u1363"
"""What a piece may hold besides letters and their marks: neither digits nor what addresses and links are made of."""

_TO_A_PROGRAM = re.compile(
    r"prompt|system|json|gpt|\bbot|robot|instru[ck]|anweisung|инструкц|指示|指令|系统|システム|تعليمات|지시",
    re.IGNORECASE,
)
"""Words by which orders to a program are known in many languages: instructions, system, prompt."""


def verbatim(text: str) -> str | None:
    """The first plain sentence of 12 to 40 letters, else the first beginning of 20 to 40; None where nothing is fit."""
    if _TO_A_PROGRAM.search(text):
        return None
    found = sentences(text)
    whole = next((said for said in found if _is_fit(said, SHORTEST)), None)
    begun = (part + GOES_ON for said in found for part in _beginnings(said) if _is_fit(part, SHORTEST_BEGINNING))
    return whole or next(begun, None)


def _beginnings(sentence: str) -> Iterator[str]:
    return (sentence[: mark.start()].strip() for mark in _MAY_BREAK.finditer(sentence))


def _is_fit(piece: str, shortest: int) -> bool:
    if not shortest <= _letters(piece) <= LONGEST or piece.isupper() or is_insulting(piece):
        return False
    return all(c in _WITHIN_WORDS or unicodedata.category(c)[0] in "LM" for c in piece)


def _letters(piece: str) -> int:
    letters = (c for c in piece if unicodedata.category(c)[0] in "LM")
    return sum(WIDE if unicodedata.east_asian_width(c) in "WF" else 1 for c in letters)
