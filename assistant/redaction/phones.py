"""Telephone numbers, by the library ``phonenumbers``, and by a shape of their own where no country is told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.giveaways import Giveaway, GiveawayKind

REGIONS = ("US", "GB")
_LEAST_DIGITS, _MOST_DIGITS = 7, 15
_GROUPS = re.compile(
    r"(?<![\w.])(?:(?:\+|00)\d{1,6}[ .-]?)?(?:\(\+?\d{1,5}\)[ .-]?)?\d{1,8}(?:[ ./-]{1,2}\d{1,8}){1,6}"
    r"(?: ?(?:x|ext\.?) ?\d{1,5})?(?!\w|[./-]\d)"
)
_ROW = re.compile(r"(?<![\w.+])\+?\d{8,13}(?!\w|\.\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\b.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2}[ /-]+(?:19|20)\d{2}")
_SHORT_GROUPS = re.compile(r"\d+(?:[ ./-]\d)+")


def phones(text: str) -> Iterator[Giveaway]:
    """All numbers that a library takes for one of a country, or that are written in groups as people write them."""
    for start, end in _by_library(text):
        yield Giveaway(start, end, GiveawayKind.PHONE)
    for pattern in (_GROUPS, _ROW):
        for found in pattern.finditer(text):
            if _may_be_phone(found.group()):
                yield Giveaway(*found.span(), GiveawayKind.PHONE)


def _by_library(text: str) -> Iterator[tuple[int, int]]:
    if sum(c.isdigit() for c in text) < _LEAST_DIGITS:
        return
    import phonenumbers

    for region in REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            yield match.start, match.end


def _may_be_phone(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return _LEAST_DIGITS <= digits <= _MOST_DIGITS and not _DATE.fullmatch(text) and not _SHORT_GROUPS.fullmatch(text)
