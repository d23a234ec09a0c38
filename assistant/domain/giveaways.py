"""What in a text could give its author or somebody else away: places with a kind, and a safer wording of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class GiveawayKind(StrEnum):
    """Why a place could tell who wrote something, or whom it is about; the surest kind first."""

    EMAIL = "email"
    LINK = "link"
    IDENTIFIER = "identifier"
    PHONE = "phone"
    COLLEAGUE = "colleague"
    PERSON = "person"
    WHEN = "when"
    ALONE = "alone"
    THING = "thing"
    RARE_WORD = "rare_word"


@dataclass(frozen=True, slots=True)
class Giveaway:
    """A place in a text, by character offsets, ``end`` exclusive."""

    start: int
    end: int
    kind: GiveawayKind


_ORDER = {kind: rank for rank, kind in enumerate(GiveawayKind)}
_SAFER = {
    GiveawayKind.EMAIL: "an address",
    GiveawayKind.LINK: "a page",
    GiveawayKind.IDENTIFIER: "a number",
    GiveawayKind.PHONE: "a number",
    GiveawayKind.COLLEAGUE: "a colleague",
    GiveawayKind.PERSON: "a colleague",
    GiveawayKind.WHEN: "recently",
    GiveawayKind.THING: "something we work on",
}
_BEFORE = re.compile(r"(?:\b(?:the|a|an|this|that|my|our|on|at|in|since|by|from|until|for) )+$", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:mr|mrs|ms|dr|prof|miss|sir)\.? $", re.IGNORECASE)
_SPACES = re.compile(r"[ \t]{2,}")
_BEFORE_SIGN = re.compile(r" +(?=[,.;!?])")
_COMMA_FIRST = re.compile(r"^[\s,;:–-]+")


def settled(found: Iterable[Giveaway]) -> tuple[Giveaway, ...]:
    """Giveaways in order of place without overlaps: the surer kind wins, then the longer one."""
    kept: list[Giveaway] = []
    for one in sorted(found, key=lambda g: (_ORDER[g.kind], g.start - g.end, g.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda g: g.start))


def safer(text: str, found: Iterable[Giveaway]) -> str:
    """The text with each giveaway in general words, such as "a colleague"; the text itself where there is none.

    ``found`` is settled. What only one person can say is left out; a rare word stays, since no rule knows a common
    word for it. It is an offer: its author reads it before it takes the place of anything.
    """
    words = text
    for one in sorted(found, key=lambda g: g.start, reverse=True):
        if one.kind is GiveawayKind.RARE_WORD:
            continue
        words = _without(words, one)
    words = _BEFORE_SIGN.sub("", _SPACES.sub(" ", words)).strip()
    words = _COMMA_FIRST.sub("", words)
    return words[:1].upper() + words[1:] if text[:1].isupper() else words


def _without(text: str, one: Giveaway) -> str:
    before, after = text[: one.start], text[one.end :]
    general = _SAFER.get(one.kind, "")
    if one.kind in {GiveawayKind.PERSON, GiveawayKind.COLLEAGUE}:
        return _TITLE.sub("", before) + general + after
    if general:
        before = _BEFORE.sub("", before) if one.kind is GiveawayKind.WHEN else _article_off(before)
    return before + general + after


def _article_off(before: str) -> str:
    return re.sub(r"\b(?:the|a|an|my|our) $", "", before, flags=re.IGNORECASE)
