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
_ASKS = "?\uff1f\u061f\u1367"
_ENDS = f".!;\u2026\uff0e\uff01\uff1b\u3002\uff61\u061b\u06d4\u0964\u0965\u0589\u1362\u104b\u17d4{_ASKS}"
"""What ends a question, and what ends a sentence, in the scripts that have signs of their own for it."""

_SENTENCE = re.compile(rf"[^{_ENDS}\n\r\t]+[{_ENDS}]*")
_MARKS = '"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\u300e\u300f'
_QUOTED = re.compile(
    rf"[{_MARKS}][^{_MARKS}]*(?:[{_MARKS}]|$)"
    r"|(?<!\w)'(?=\w)(?:[^']|(?<=\w)'(?=\w))*'(?!\w)"
)
"""What somebody said, as a rule somebody else; a quotation that is not closed goes on to the end."""

_ADDRESS = re.compile(r"\S*(?:@|\w\.(?=\w))\S*")
"""A word with a dot within it, or what else no sentence ends in."""

_LEFT_OUT = " \u201c "
"""Stands for a quotation or an address, so that the sentence around it is known not to be plain."""

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
    plain = _ADDRESS.sub(_LEFT_OUT, _QUOTED.sub(_LEFT_OUT, looked_at))
    found = [one.strip() for one in _SENTENCE.findall(plain) if one.strip()]
    whole = found[:-1] if len(text) > _LOOKED_AT else found
    return [one.rstrip(f" {_ENDS}") for one in whole if not any(mark in one for mark in _ASKS)]


def is_plain(said: str) -> bool:
    """Whether words hold nothing but words, and none that should not be said back."""
    if re.search(r"[^\w' %-]|_|(?:^| )-", said) or (said.isupper() and len(said) > 1) or is_insulting(said):
        return False
    return all(word.isascii() or not word[0].islower() for word in said.split())


def is_insulting(said: str) -> bool:
    """Whether words hold an insult, or tell of harm, by words of English."""
    return _INSULTS_AND_HARM.search(said) is not None
