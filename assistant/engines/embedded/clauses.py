"""What may be said back of a sentence: clauses that say the same when they stand alone, and where to cut a long one.

:mod:`assistant.engines.embedded.segments` cuts what is read.
"""

from __future__ import annotations

import re

SHORTEST = 3
"""Words of a clause."""


def words_of(text: str) -> frozenset[str]:
    """The words between white space."""
    return frozenset(re.findall(r"\S+", text))


_FILLER = (
    r"and|but|so|then|because|also|now|today|actually|honestly|well|yes|yeah|ok|okay|recently|usually|often|sometimes"
    r"|still|normally|basically|first|for example|for instance|(?:as|like) i said"
)
_HEDGE = r"(?:(?:i|we) (?:think|guess|suppose|believe|mean|feel|would say)|i'd say)(?: that)?"
LEADING = re.compile(rf"^(?:(?:{_FILLER}|{_HEDGE}),?\s+)+", re.IGNORECASE)
"""What leads up to a clause and says nothing by itself."""

AFTERTHOUGHT = re.compile(
    r",? (?:to be (?:honest|frank|fair)|honestly|i (?:guess|suppose|think)|you know)$", re.IGNORECASE
)
"""What only tells how something was meant."""

COMMON = words_of(
    "a about after again all also always am an and any are as at be because been before but by can could did do "
    "does don't done each every for from get gets give gives go had has have he her him his how i if in into is it "
    "its just keep let like made make me more my myself never new no not now of off on once one onto or our out "
    "over own people she so some still take that the their them then there they this time to together too up us use "
    "very want was we well what when where which while who why will with without work would always asked gave from "
    "through mostly mainly between both nobody everybody less fewer enough better worse things"
)
"""Everyday words, which say little by themselves."""

_NEVER_LAST = words_of(
    "a an the my your our his their and or but so because that which who whom whose is are was were be been have has "
    "had will would can could should may might must very too more most as than if when while i we he she they always "
    "often really just also never it's"
)
_MAY_END = words_of("more most too always often never May")
"""Those of them in which a clause that nobody cut may end."""

_CUT_OFF = words_of("to of for with at by from about into onto in on up not do does did")
SPEAKS = words_of("says said say tells told tell asks asked ask knows knew know sees saw see thinks thought think")
_CUT_BEFORE = words_of("and but because which while although since")

_TURNS_THE_NEXT = re.compile(
    rf"^(?:(?:{_FILLER}|even)\s+)*(?:if|unless|whether|as if|as though|not|no|never|hardly|rarely|seldom|nobody|without"
    r"|instead of|rather than|in theory|on paper|officially|supposedly|allegedly)\b",
    re.IGNORECASE,
)
_TURNS_THE_ONE_BEFORE = re.compile(
    r"^(?:if|unless|as if|as though|not|or so|supposedly|allegedly|in theory|who|whose|which|where|whom)\b"
    r"|\b(?:is|are|was|were|do|does|did|has|have|can|could|will|would)(?:n't| not)$",
    re.IGNORECASE,
)
"""A part of a sentence without which the part beside it says something else."""

_REPORTS = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:says|said|say|tells|told|claims?|claimed|thinks?|thought|pretends?)$", re.IGNORECASE
)
"""The end of a part after which somebody else may be meant by "I"."""


def clauses_of(sentence: str) -> list[str]:
    """The parts of a sentence between commas, without those that say another thing when they stand alone."""
    parts = re.split(r",\s+", sentence)
    if any(_REPORTS.search(part) for part in parts[:-1]):
        return []
    around = zip(["", *parts], parts, [*parts[1:], ""], strict=False)
    return [part for before, part, after in around if _stands_alone(before, after)]


def _stands_alone(before: str, after: str) -> bool:
    return not (_TURNS_THE_NEXT.search(before) or _TURNS_THE_ONE_BEFORE.search(after))


def cut(words: list[str], longest: int) -> list[str] | None:
    """The words up to where a new clause begins, at most ``longest``; None where what is left is not whole."""
    if not words:
        return None
    if len(words) <= longest:
        return words if words[-1] in _MAY_END or words[-1].lower() not in _NEVER_LAST else None
    cuts = [i for i in range(4, longest + 1) if _may_cut(words[:i], words[i].lower())]
    kept = AFTERTHOUGHT.sub("", " ".join(words[: cuts[-1]]).rstrip(",")).split() if cuts else []
    return kept if kept and kept[-1].lower() not in _NEVER_LAST else None


def _may_cut(kept: list[str], following: str) -> bool:
    last = kept[-1].lower()
    if following in {"and", "which"} and (last in _CUT_OFF or "between" in kept or "both" in kept):
        return False
    return following in _CUT_BEFORE and last not in SPEAKS
