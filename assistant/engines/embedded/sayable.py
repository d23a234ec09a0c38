"""What of a message may be said back to its author at all: their own plain words, and no order, quotation or insult."""

from __future__ import annotations

import re

_LOOKED_AT = 2_000
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|above|previous|everything)"
    r"|system prompt|developer mode|jailbreak|\byou(?: a|')re (?:now|an?)\b|\bact as\b|pretend (?:to|you)|role-?play"
    r"|\b(?:respond|reply|answer|output|print|repeat|say|write|return) (?:only|with|exactly|after me|the following)\b"
    r"|\b(?:reveal|translate|summari[sz]e|print|repeat) (?:your|the|this|all)\b|\bas json\b|\bin json\b"
    r"|^\s*(?:system|assistant|user)\s*:|[<>{}`\[\]|\\]|https?:|www\.",
    re.IGNORECASE | re.MULTILINE,
)
_SENTENCE = re.compile(r"[^.!?;\u2026\n\r\t]+[.!?;\u2026]*")
_QUOTED = re.compile(
    r"[\"\u201c\u201d\u201e\u00ab\u00bb][^\"\u201c\u201d\u201e\u00ab\u00bb]*(?:[\"\u201c\u201d\u201e\u00ab\u00bb]|$)"
    r"|(?<!\w)'(?=\w)(?:[^']|(?<=\w)'(?=\w))*'(?!\w)"
)
"""What somebody said, as a rule somebody else; a quotation that is not closed goes on to the end."""

_QUOTATION = " \u201c "
"""Stands for what was quoted, so that the sentence around it is known not to be plain."""

_INSULTS_AND_HARM = re.compile(
    r"\b(?:lazy|stupid|idiots?|useless|incompetent|hates?|crap|shit\w*|fuck\w*|damn|bitch|asshole|arse\w*|moron\w*|drunk"
    r"|kill\w*|suicid\w*|rape\w*|assault\w*|harass\w*|die|dead|sex\w*)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences that may be said back, with plain apostrophes; none where the text holds an order to a machine.

    Questions are left out, and of a text that is cut, the last sentence.
    """
    if _ORDER.search(text[: 2 * _LOOKED_AT]):
        return []
    looked_at = text[:_LOOKED_AT].replace("\u2019", "'").replace("\u2018", "'")
    found = [one.strip() for one in _SENTENCE.findall(_QUOTED.sub(_QUOTATION, looked_at)) if one.strip()]
    whole = found[:-1] if len(text) > _LOOKED_AT else found
    return [one.rstrip(" .!;\u2026") for one in whole if "?" not in one]


def is_plain(said: str) -> bool:
    """Whether words hold nothing but words, and none that should not be said back."""
    if re.search(r"[^\w' %-]|_|(?:^| )-", said) or (said.isupper() and len(said) > 1) or _INSULTS_AND_HARM.search(said):
        return False
    return all(word.isascii() or not word[0].islower() for word in said.split())
