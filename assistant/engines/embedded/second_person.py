"""Somebody's words turned to "you"."""

from __future__ import annotations

import re

from assistant.engines.embedded.clauses import words_of
from assistant.engines.embedded.sayable import is_plain

SUBJECTS = words_of("i we she he they i'm i've we've she's he's they're they've everybody everyone nobody")
WHOSE = words_of("my our his her their")
_NOT_TO_TURN = re.compile(
    r"\b(?:you|your|yours|am i|was i|i should|don't know|do not know|not sure|no idea"
    r"|i could (?:have|be|do|give|say|tell|ask|talk|listen|show|spend|make|take|help|try|learn|stop)"
    r"|waste of|nonsense|pointless|ridiculous|my (?:goodness|god)|(?:used|held|turned) against (?:me|us))\b",
    re.IGNORECASE,
)
"""What becomes another thing in the second person, or sounds like advice or mockery there."""

_SECOND_PERSON = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_BETWEEN_I_AND_VERB = words_of("also still just never always already only now then often sometimes")
_AFTER_I = {"am": "are", "was": "were", "wasn't": "weren't"}


def is_sayable(said: str) -> bool:
    """Whether words are plain, and none of them becomes another thing when it is turned."""
    return is_plain(said) and _NOT_TO_TURN.search(said) is None


def to_second_person(words: list[str]) -> str:
    """The words with "you" for "I" and "we", and the verb that goes with it."""
    turned: list[str] = []
    after_i = False
    for word in words:
        low, comma = word.lower().rstrip(","), "," if word.endswith(",") else ""
        if after_i and low in _AFTER_I:
            turned.append(_AFTER_I[low] + comma)
        else:
            turned.append(_SECOND_PERSON[low] + comma if low in _SECOND_PERSON else word)
        after_i = low == "i" or (after_i and (low.endswith("ly") or low in _BETWEEN_I_AND_VERB))
    if words[0].lower() in SUBJECTS | WHOSE:
        turned[0] = turned[0].lower()
    return " ".join(turned)
