"""Giveaways that have a form: addresses, links, numbers of accounts and people, days and times."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from assistant.domain.giveaways import Giveaway, GiveawayKind

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.\w{2,}")
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)]"
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|io|eu|de|fr|uk|example)\b(?:/\S*[\w/])?"
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_CARD = re.compile(r"(?<![\d+])\d(?:[ -]?\d){11,18}(?!\d)")
_IP = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]{0,15})(?![\w.:])", re.IGNORECASE
)
_WHOSE = "employee|staff|personnel|payroll|badge|member|customer|patient|order|ticket|case|invoice|account|file"
_NUMBER_OF = re.compile(
    rf"\b(?:(?:{_WHOSE})(?: (?:no|nr|number|id|code))?\.?[ :#]{{0,3}}(?=[A-Z]{{0,5}}[-/]?\d)[A-Z]{{0,5}}[-/]?\d[\w/-]*"
    r"|[A-Z]{2,6}-\d{2,}|\d{3}-\d{2}-\d{4})\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_TIMES = (
    r"\d{4}-\d{2}-\d{2}",
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![./-]?\d)",
    rf"{_NUMBER}(?: of)? {_MONTH}\b(?:,? \d{{4}})?",
    rf"{_MONTH} {_NUMBER}\b(?:,? \d{{4}})?",
    rf"(?:in|since|last|this|next|until|till|before|after|by|of) {_MONTH}\b(?! i\b)(?:,? \d{{4}})?",
    rf"(?:last|next|this past) {_DAY}",
    rf"{_DAY} (?:the )?{_NUMBER}",
    r"(?:in|since|until|back in) (?:19|20)\d{2}",
    r"\d{1,2}[:.]\d{2} ?(?:am|pm|a\.m\.|p\.m\.|o'clock)?(?!\d)",
    r"\d{1,2} ?(?:am|pm)",
    r"(?:easter|christmas|ramadan|diwali|hanukkah)",
)
_WHEN = re.compile(r"(?<![\w.,:])(?:" + "|".join(_TIMES) + r")\b", re.IGNORECASE)
_NO_MONTH = re.compile(r"(?:by|this|last|next|of|before|after|until|till|since|in) (?:may|march|mar|dec|sep|jan)")


def patterns(text: str) -> Iterator[Giveaway]:
    """All of these in the text; some may overlap."""
    for kind, pattern in ((GiveawayKind.EMAIL, _EMAIL), (GiveawayKind.LINK, _LINK)):
        yield from (Giveaway(*found.span(), kind) for found in pattern.finditer(text))
    for found in _identifiers(text):
        yield Giveaway(*found.span(), GiveawayKind.IDENTIFIER)
    for found in _WHEN.finditer(text):
        if not _NO_MONTH.fullmatch(found.group()):  # "by may", "this march" in small letters are words, not months
            yield Giveaway(*found.span(), GiveawayKind.WHEN)


def _identifiers(text: str) -> Iterator[re.Match[str]]:
    yield from (found for found in _IBAN.finditer(text) if is_iban(found.group()))
    yield from (found for found in _CARD.finditer(text) if is_card(found.group()))
    yield from (found for found in _IP.finditer(text) if _is_ip(found.group()))
    yield from _NUMBER_OF.finditer(text)


def is_iban(text: str) -> bool:
    """Whether the check digits are right (ISO 13616: the rearranged number leaves 1 when divided by 97)."""
    bare = text.replace(" ", "").upper()
    return len(bare) >= 15 and int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """Whether a row of 12 to 19 digits has the check digit of a payment card (ISO/IEC 7812, Luhn's)."""
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [d if n % 2 == 0 else sum(divmod(2 * d, 10)) for n, d in enumerate(reversed(digits))]
    return 12 <= len(digits) <= 19 and sum(doubled) % 10 == 0


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
