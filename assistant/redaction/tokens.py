"""A text cut into words and signs, and what the tagger of names looks at in each."""

from __future__ import annotations

import re
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

BUCKETS = 1 << 15
"""Number of places into which pieces of words are hashed."""

SHAPES = ("lower", "capital", "upper", "initial", "mixed", "other_script", "digits", "sign", "line_break")
RANKS = (100, 400, 1_000, 2_000, 4_000, 8_000, 16_000)
"""Borders between the classes of how common a word is; one more class is for words that are not known."""

FEATURES = len(SHAPES) + len(RANKS) + 4
_TOKEN = re.compile(r"\w+|[^\w\s]|\n", re.UNICODE)
_LONGEST_PIECE = 4
_LONGEST_WORD = 24
_ENDS = frozenset('.!?:\n\u2026>"\u201c')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a line break at its place in the text; ``end`` is exclusive."""

    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """All words and signs in order; spaces are left out."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def shape(text: str) -> str:
    """One of :data:`SHAPES`."""
    if text == "\n":
        return "line_break"
    if not text[0].isalnum():
        return "sign"
    if any(c.isdigit() for c in text):
        return "digits"
    if text.islower():
        return "lower"
    if len(text) == 1 and text.isupper():
        return "initial"
    if text.isupper():
        return "upper"
    if text[0].isupper() and text[1:].islower():
        return "capital"
    return "mixed" if text.upper() != text.lower() else "other_script"


def pieces(text: str) -> list[int]:
    """The places (0 to :data:`BUCKETS`) of the word as a whole and of its pieces of up to four letters."""
    word = f"<{unicodedata.normalize('NFC', text).lower()[:_LONGEST_WORD]}>"
    parts = {word}
    for size in range(2, _LONGEST_PIECE + 1):
        parts.update(word[at : at + size] for at in range(len(word) - size + 1))
    return sorted({zlib.crc32(part.encode()) % BUCKETS for part in parts})


def features(all_tokens: list[Token], at: int, ranks: Mapping[str, int]) -> list[float]:
    """Shape, how common the word is, and whether a sentence or a line begins with it; each 0 or 1."""
    text = all_tokens[at].text
    known = ranks.get(text.lower())
    values = [float(shape(text) == one) for one in SHAPES]
    common = len(RANKS) if known is None else bisect_right(RANKS, known)
    values += [float(common == n) for n in range(len(RANKS) + 1)]
    before = all_tokens[at - 1].text if at else "\n"
    values += [float(before in _ENDS), float(at == 0), float(at == len(all_tokens) - 1)]
    return values
