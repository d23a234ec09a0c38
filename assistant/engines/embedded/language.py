"""Telling whether a text is English: the only language the embedded engine reads."""

from __future__ import annotations

import re

from assistant.domain.statements import UNKNOWN_LANGUAGE

ENGLISH = "en"

_LEAST_WORDS = 12
_LEAST_SHARE = 0.22
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_EVERYDAY = """
a about after again all always am an and any are as at away back be because been before being but by came can come
could did do does doing done down each even ever every for from get gets give go goes going got had has have having
he her here hers him his how i if in into is it its just know let like made make makes me more most much my never
new no not nothing now of off on one only or other our out over own people really said say says see she should so
some still than that the their them then there these they thing things this those though time to too told took up
us used very was way we well were what when where which who why will with without work would yes yet you your
i'm i've it's don't doesn't didn't can't won't he's she's we're they're there's that's isn't wasn't you're i'd he'd
"""
_FUNCTION_WORDS = frozenset(_EVERYDAY.split())
_ELSEWHERE_TOO = """
a all also am an as be but by can come do even for go had has he her him his i if in is it just let like me more most
my no not of on one or over so some still to up us was we will
"""
_ENGLISH_ALONE = _FUNCTION_WORDS.difference(_ELSEWHERE_TOO.split())
_LEAST_SHARE_OF_FEW = 0.25


def language(texts: list[str]) -> str:
    """``en``, or ``und`` where too few of the words are everyday English ones. Short texts count as English."""
    words = [word.lower().replace("\u2019", "'") for text in texts for word in _WORD.findall(text[:5_000])]
    if len(words) < _LEAST_WORDS:
        letters = [c for text in texts for c in text if c.isalpha()]
        latin = sum(c < "\u0250" for c in letters)
        return ENGLISH if latin * 2 >= len(letters) else UNKNOWN_LANGUAGE
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    return ENGLISH if share >= _LEAST_SHARE else UNKNOWN_LANGUAGE


def is_plainly_english(text: str) -> bool:
    """Whether a few words are English and nothing else: at least one is an everyday word of no other language."""
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]
    everyday = sum(word in _FUNCTION_WORDS for word in words)
    return everyday >= _LEAST_SHARE_OF_FEW * len(words) and not _ENGLISH_ALONE.isdisjoint(words)
