"""A short sentence of an answer, word for word, for where no clause of it can be turned to "you".

In quotation marks it stays the author's own: no pronoun has to be turned, and "I should ask more" is never read as
advice. Only whole sentences are quoted, so that no condition and no denial is lost.
"""

from __future__ import annotations

import re

from assistant.engines.embedded.echo import BARE_VERB
from assistant.engines.embedded.gist import weight
from assistant.engines.embedded.language import is_plainly_english
from assistant.engines.embedded.sayable import is_plain, sentences

LONGEST = 8
SHORTEST = 3
"""Words from which on a quotation is found again when its author puts others in their place."""

_ANYBODY = re.compile(
    r"\b(?:and|if|when) you (?:get|ask|can|need|want|try|say|tell|make)\b|\bthank you\b(?=.)", re.IGNORECASE
)
"""Where "you" is whoever comes, as in "ask and you get it", or nobody, as in "a thank you now and then"."""

_TO_THE_ASSISTANT = re.compile(
    r"\b(?:you|your|yours|you're|yourself|questions?|chat|chatbot|bot|robot|machine|computer|ai)\b", re.IGNORECASE
)
_NO_ANSWER = re.compile(
    r"(?:what|why|how|who|when|where|yes|no|ok|okay|well|as i said|i guess|i suppose|thanks?|thank you|sorry|please"
    r"|let's|hello|hi|hey|sure|fine|right|great)\b"
    r"|.*\b(?:don't know|do not know|not sure|no idea|to mind|nothing to (?:say|add))\b",
    re.IGNORECASE,
)


def quote(text: str) -> str | None:
    """The sentence of 3 to 8 English words that says most, as it was written; None where none is fit to be said back.

    Left out are insults, what is said to the assistant itself, and what is no answer.
    """
    return max(filter(_is_fit, sentences(text)), key=weight, default=None)


def _is_fit(sentence: str) -> bool:
    if not SHORTEST <= len(sentence.split()) <= LONGEST or not is_plain(sentence.replace(", ", " ")):
        return False
    if _TO_THE_ASSISTANT.search(_ANYBODY.sub("", sentence)) or _NO_ANSWER.match(sentence):
        return False
    return BARE_VERB.match(sentence) is not None or is_plainly_english(sentence)
