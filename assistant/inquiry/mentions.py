"""Whom a question names: people by e-mail or name, and the teams they lead by the team's name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.domain.organisation import Organisation, Person

_ORDINARY_WORDS = frozenset(
    {
        "will",
        "may",
        "mark",
        "grace",
        "hope",
        "faith",
        "joy",
        "rose",
        "april",
        "june",
        "august",
        "art",
        "bill",
        "rob",
        "pat",
        "sue",
        "frank",
        "ernest",
        "dean",
        "page",
        "miles",
        "rich",
        "summer",
        "autumn",
        "penny",
        "gene",
        "drew",
        "chase",
        "grant",
        "chance",
        "guy",
        "major",
        "van",
        "see",
        "so",
        "do",
        "can",
        "in",
        "an",
        "my",
        "long",
        "young",
    }
)
_WITHOUT_ACCENT = str.maketrans("\u2019łŁøØđĐ\u0131", "'lLoOdDi")
_TEAM_WORD = r"(?:team|group|crew|department|unit|squad|shift)"
_IN_A_TEAM = r"(?:in|of|for|at|from|on|under|within|inside|the)"
_SHORT_WORD, _NEARLY_ALL = 3, 0.8
_OWN_TERMS = frozenset({"trust", "clarity", "performance", "talent", "development", "feedback", "growth", "climate"})
"""What questions are about anyway: alone, such a word is no team's name."""


def led_team(organisation: Organisation, manager: str) -> str:
    """The name of the team a manager leads: what most of their direct reports have as their team; may be empty."""
    names = Counter(person.team for person in organisation.direct_reports(manager) if person.team)
    return names.most_common(1)[0][0] if names else ""


def named(question: str, people: Iterable[Person]) -> tuple[Person, ...]:
    """The people whom a question names by e-mail, full name or first name, in the order given."""
    text = plain(question)
    spoken = text.lower()
    return tuple(person for person in people if _may_name(spoken, person) and _names(text, person))


def rounds_named(question: str, rounds: Sequence[str]) -> tuple[str, ...]:
    """The keys among ``rounds`` that a question names, in its order: whole, or by a last part such as Q3.

    Of several rounds with the same last part the latest is meant; ``rounds`` has the oldest first.
    """
    text, names = question.lower(), {}
    for key in rounds:
        names[key.lower()] = key
        if (last := re.split(r"[._-]", key.lower())[-1]) and not last.isdigit():
            names[last] = key
    places = ((_place(text, name), key) for name, key in names.items())
    named_at = sorted((place, key) for place, key in places if place is not None)
    return tuple(dict.fromkeys(key for _, key in named_at))


def unknown_rounds(question: str, rounds: Sequence[str]) -> tuple[str, ...]:
    """What looks like a round's key in a question, and is none of ``rounds``."""
    looks = re.findall(r"(?<![\w-])(?:\d{4}-)?(?:q[1-4]|h[12])(?![\w-])", question.lower())
    known = {key.lower() for key in rounds} | {re.split(r"[._-]", key.lower())[-1] for key in rounds}
    return tuple(look.upper() for look in dict.fromkeys(looks) if look not in known)


def team_named(question: str, team: str) -> bool:
    """Whether a question names a team; a name that is also an ordinary word needs a capital letter or the word team."""
    text, name = plain(question), plain(team)
    if name.lower() not in text.lower() or not _has(text, name):
        return False
    return (
        " " in name
        or any(c.isdigit() for c in name)
        or _beside(text, name)
        or _capital_inside(text, name)
        or _opens(text, name)
    )


def team_meant(question: str, team: str) -> bool:
    """Whether a question speaks of a team, and does not merely use the words of its name.

    What people do or miss may be called like a team elsewhere: "customer service" is no team in "value good customer
    service", but it is one in "people in customer service". Capitals say nothing where every word has one.
    """
    text, name = plain(question), plain(team)
    if not team_named(question, team):
        return False
    if _beside(text, name):
        return True
    if name.lower() in _OWN_TERMS:
        return False
    if _opens(text, name):
        return True
    has_capital = _capital_inside(text, name) and not _is_all_capitals(text)
    return has_capital or re.search(rf"\b{_IN_A_TEAM} {re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def _is_all_capitals(text: str) -> bool:
    """Whether nearly every longer word begins with a capital letter, as in a heading."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > _SHORT_WORD]
    return len(words) > 1 and sum(word[0].isupper() for word in words) > _NEARLY_ALL * len(words)


def _beside(text: str, name: str) -> bool:
    """Whether the word team, or another one for it, stands beside a name: before it in the singular, or after it.

    In "do teams support each other" it is a verb.
    """
    after = rf"\b{re.escape(name)}(?:'s)?\s+{_TEAM_WORD}s?\b"
    before = rf"\b{_TEAM_WORD}\s+{re.escape(name)}\b"
    return re.search(f"{before}|{after}", text, re.IGNORECASE) is not None


def _place(text: str, name: str) -> int | None:
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    return found.start() if found else None


def _may_name(spoken: str, person: Person) -> bool:
    """Whether a closer look is worth it; it is for hardly any of thousands of people."""
    return plain(person.first_name).lower() in spoken or person.email in spoken


def _names(text: str, person: Person) -> bool:
    return _has(text, plain(person.email)) or _has(text, plain(person.name)) or _calls(text, person.first_name)


def _calls(text: str, first_name: str) -> bool:
    name = plain(first_name)
    if name.lower() in _ORDINARY_WORDS:
        return _capital_inside(text, name)
    return len(name) > 1 and _has(text, name)


def _has(text: str, name: str) -> bool:
    return bool(name) and re.search(rf"(?<![\w@.-]){re.escape(name)}(?![\w@])", text, re.IGNORECASE) is not None


def _opens(text: str, name: str) -> bool:
    """Whether a question begins with a team's name, as a heading, with what it is compared to, or as what has or is."""
    after = r"(?:[.,:]\s|'s\s|\s[-\u2013]\s| (?:vs\.?|versus|against|compared|beside|or|and)(?!\w))"
    return re.match(re.escape(name) + after, text) is not None


def _capital_inside(text: str, name: str) -> bool:
    """Whether the name stands with its capital letter somewhere other than at the beginning of a sentence."""
    return re.search(rf"(?<=[\w,;:)] ){re.escape(name)}\b", text) is not None and name[:1].isupper()


def plain(text: str) -> str:
    """Text without accents, with straight apostrophes."""
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.translate(_WITHOUT_ACCENT)
