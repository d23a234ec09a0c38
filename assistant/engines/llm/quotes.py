"""Finding what a model quotes in what somebody really said: letter by letter, else nearly so, else not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain.statements import Span

NEARLY = 93.0
"""How alike (0 to 100) a stretch of the source has to be to what was quoted."""

LEAST_LETTERS = 8
LEAST_LETTERS_NEARLY = 16
_EDGES = " \t\n\"'\u201c\u201d\u2018\u2019\u00ab\u00bb\u2026"


def find_quote(quote: str, said: Sequence[tuple[int, str]], taken: Sequence[Span]) -> Span | None:
    """Where ``quote`` stands in the author's messages (index, content) and is not ``taken``; None where nowhere.

    The place always covers whole words of the source.
    """
    sought = quote.strip(_EDGES)
    letters = sum(character.isalnum() for character in sought)
    if letters < LEAST_LETTERS:
        return None
    for message, content in said:
        for match in re.finditer(re.escape(sought), content):
            span = _whole_words(message, content, match.start(), match.end())
            if not any(span.overlaps(other) for other in taken):
                return span
    return _nearly(sought, said, taken) if letters >= LEAST_LETTERS_NEARLY else None


def _nearly(sought: str, said: Sequence[tuple[int, str]], taken: Sequence[Span]) -> Span | None:
    from rapidfuzz import fuzz

    best, found = NEARLY, None
    for message, content in said:
        if len(content) * 2 < len(sought):
            continue
        near = fuzz.partial_ratio_alignment(sought.lower(), _lower(content), score_cutoff=best)
        if near is None or near.dest_end - near.dest_start < len(sought) * 0.8:
            continue
        span = _whole_words(message, content, near.dest_start, near.dest_end)
        if not any(span.overlaps(other) for other in taken):
            best, found = near.score, span
    return found


def _lower(content: str) -> str:
    """Lower case, character by character, so that places stay where they are."""
    return "".join(low if len(low := character.lower()) == 1 else character for character in content)


def _whole_words(message: int, content: str, start: int, end: int) -> Span:
    while start < end and content[start].isspace():
        start += 1
    while end > start and content[end - 1].isspace():
        end -= 1
    while start > 0 and content[start - 1].isalnum() and content[start].isalnum():
        start -= 1
    while end < len(content) and content[end].isalnum() and content[end - 1].isalnum():
        end += 1
    if end < len(content) and content[end] in ".!" and content[end - 1].isalnum():
        end += 1
    return Span(message, start, end)
