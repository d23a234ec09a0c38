"""Cutting a message into clauses that can stand for themselves, with their place in the text.

The patterns never go back over what they have read (possessive, and begun only at the start of a run), so that the time
grows with the length of the text, whatever is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEAST_WORDS = 3
LEAST_WORDS_OF_A_CLAUSE = 4

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|st|no|approx|incl|min|hrs)|\b[a-z])\.$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<![.!?\u2026\u3002])[.!?\u2026\u3002]++[\"'\u2019\u201d)\]]*+(?=\s|$)|\n++")
_CONTRAST = re.compile(
    r"(?:[,;]|(?<!\s))\s++(?=(?:but|although|though|whereas|however|yet|except that|only that)\b)"
    r"|(?<!\s)\s*+;\s++|(?<!\s)\s++[\u2013\u2014-]{1,2}\s++",
    re.IGNORECASE,
)
_CAN_STAND_ALONE = re.compile(rf"\s*+(?:\S++\s++){{{LEAST_WORDS_OF_A_CLAUSE - 1}}}\S")
_EDGES = ",;\u2013\u2014-" + "".join(c for c in map(chr, range(0x3001)) if c.isspace())


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text: character offsets, ``end`` exclusive, no white space at the edges."""

    start: int
    end: int
    text: str


def segments(text: str) -> tuple[Segment, ...]:
    """The clauses of a text, in order, as they are read: sentences, cut at contrasts where both parts can stand alone.

    What has fewer than :data:`LEAST_WORDS` words says nothing by itself and is left out.
    """
    return tuple(clause for start, end in _sentences(text) for clause in _clauses(text, start, end))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(
            text, max(start, match.start() - 10), match.start() + 1
        ):
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _clauses(text: str, start: int, end: int) -> Iterator[Segment]:
    cuts = [start]
    for match in _CONTRAST.finditer(text, start, end):
        before = _CAN_STAND_ALONE.match(text, cuts[-1], match.start())
        if before and _CAN_STAND_ALONE.match(text, match.end(), end):
            cuts.append(match.end())
    for left, right in zip(cuts, [*cuts[1:], end], strict=True):
        piece = text[left:right]
        stripped = piece.strip(_EDGES)
        if len(stripped.split()) >= LEAST_WORDS:
            at = left + piece.index(stripped)
            yield Segment(at, at + len(stripped), stripped)
