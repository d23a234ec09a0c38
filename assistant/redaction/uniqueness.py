"""What only one person of a team can say: being the only one, the newest, on leave since, of a certain age."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.giveaways import Giveaway, GiveawayKind

_EVENT = (
    r"(?:surgery|operation|accident|illness|diagnosis|burn-?out|sick leave|stroke|cancer|pregnancy|maternity leave"
    r"|paternity leave|parental leave|divorce|wedding|transfer|promotion|probation|apprenticeship|disability"
    r"|wheelchair)"
)
_ROLE = r"[\w-]{1,30}(?: [\w-]{1,30}){0,2}"
_RANK = r"(?:only|newest|oldest|youngest|sole|last|single)"
_KIND = r"(?:woman|man|mother|father|muslim|jew|jewish|christian|hindu|gay|lesbian|trans|deaf|blind|pregnant)"
_PHRASES = (
    rf"(?:since|because|and|but)? ?(?:i am|i'm|i was) the {_RANK}(?: {_ROLE})?",
    rf"(?:as|being) the {_RANK}(?: {_ROLE})?",
    r"only i\b",
    r"(?:nobody|no one|no-one)(?: else)? (?:but|except|apart from) me",
    rf"(?:since|after|during|before|because of|with) my (?:\w+ )?{_EVENT}",
    rf"my {_EVENT}",
    rf"(?:i am|i'm|as) an? (?:\w+ )?{_KIND}",
    r"(?:i am|i'm) (?:muslim|jewish|hindu|gay|deaf|blind|pregnant|\d{2}(?: years old)?)",
    r"(?:i|i've|i have) (?:only )?(?:just )?(?:joined|started)(?: \w+){0,3} (?:weeks?|months?|years?) ago",
    r"in my (?:first|second|\w+teenth|last) (?:week|month|year)",
    r"after \w+ years (?:here|in the (?:job|team|firm|company))",
    r"my (?:wife|husband|boyfriend|girlfriend|visa|pension|night classes|degree|thesis)",
)
_ALONE = re.compile(r"\b(?:" + "|".join(_PHRASES) + r")\b", re.IGNORECASE)


def only_one(text: str) -> Iterator[Giveaway]:
    """All such places in the text."""
    plain = text.replace("\u2019", "'")
    for found in _ALONE.finditer(plain):
        start = found.start() + len(found.group()) - len(found.group().lstrip())
        yield Giveaway(start, found.end(), GiveawayKind.ALONE)
