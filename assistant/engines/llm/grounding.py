"""Whether words rest on what was given: no number, name or quotation of their own, and not too long."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FORBIDDEN = re.compile(r"[\"“”„«»<>\[\]{}@#*_`|\\\n\r\t]|https?:|www\.")
_NUMBERS = """
two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds half third quarter percent
majority minority
"""
_FIRST_WORDS = """
a about after all also an and another as asking at because before being beyond both but by consider each even ever every
everyone everybody for from giving good having here how however if in instead it it's its just keep let like many maybe
more most much nobody none not nothing of on one others overall people perhaps pick so some speaking start still such
taking talk team thank thanks that that's the their them then there they this those though through to together try what
when where which while who why will with within without worth yet you you're you've your yours
"""
_LONGER, _STEM = 4, 4
_OF_NUMBER = frozenset(_NUMBERS.split())
_OPENERS = frozenset(_FIRST_WORDS.split())


def ungrounded(text: str, given: Iterable[str], longest: int) -> str | None:
    """What is wrong with a text for people, in words for whoever wrote it; None where nothing is.

    ``given`` are the texts it may take words from, ``longest`` is in characters.
    """
    words_given = {word.lower() for one in given for word in _WORD.findall(one)}
    if not text.strip():
        return "It is empty."
    if len(text) > longest:
        return f"It is longer than {longest} characters."
    if _FORBIDDEN.search(text):
        return "It holds markup, a quotation, an address or a line break."
    if any(character.isdigit() for character in text):
        return "It holds a number."
    words = [word.lower() for word in _WORD.findall(text)]
    if any(word in _OF_NUMBER and word not in words_given for word in words):
        return "It holds a number in words."
    if any(_names(sentence, words_given) for sentence in _SENTENCE.split(text)):
        return "It holds a name, or a word with a capital letter, that was not given."
    return None


def speaks_of(text: str, thing: str) -> bool:
    """Whether a text has at least one longer word of a thing's name, in whatever form."""
    stems = {word.lower()[:_STEM] for word in _WORD.findall(text) if len(word) >= _LONGER}
    sought = {word.lower()[:_STEM] for word in _WORD.findall(thing) if len(word) >= _LONGER}
    return not sought or not sought.isdisjoint(stems)


def _names(sentence: str, given: set[str]) -> bool:
    """Whether a sentence holds a word with a capital letter that was not given."""
    for place, word in enumerate(_WORD.findall(sentence)):
        if not word[0].isupper() or word == "I" or word.lower() in given:
            continue
        begins = place == 0 and (word.lower() in _OPENERS or word.endswith(("ing", "ly")))
        if not begins:
            return True
    return False
