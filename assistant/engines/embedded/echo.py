"""A few words of an answer that make no clause: "through the tickets", "that you grunt"."""

from __future__ import annotations

import re

from assistant.engines.embedded.clauses import AFTERTHOUGHT, COMMON, LEADING, SHORTEST, SPEAKS, clauses_of, cut
from assistant.engines.embedded.sayable import sentences
from assistant.engines.embedded.second_person import SUBJECTS, is_sayable, to_second_person

LONGEST = 10

_PERHAPS = re.compile(r"^(?:(?:probably|perhaps|maybe|possibly|mostly just|just)\s+)+(?=that\b)", re.IGNORECASE)
_IN_ANSWER = re.compile(r"(?:(?:probably|perhaps|maybe),? )?that (?:i|we|he|she|they)\b", re.IGNORECASE)
"""The beginning of an answer that its question makes whole."""

_NO_ANSWER = re.compile(
    r"(?:yes|no|yeah|nope|ok|okay|fine|sure|right|maybe|perhaps|well|h+m+|oh|ah|so|thanks?|hello|hi|hey|sorry|please|why"
    r"|what|as i said|nothing|never mind|good question|honestly|frankly|literally|i guess|i suppose|i heard|meh"
    r"|to be (?:honest|frank|fair)|of course|precisely|exactly|absolutely|definitely|certainly|indeed|naturally)\b",
    re.IGNORECASE,
)
BARE_VERB = re.compile(
    r"(?:tell|give|let|let's|say|put|ask|stop|show|talk|take|make|keep|leave|help|try|trust|listen|do|be|don't|please"
    r"|could|should|must)\b",
    re.IGNORECASE,
)
"""The beginning of a wish or an order, which sounds like advice where it is said back without quotation marks."""

_NOT_ALONE = re.compile(
    r"(?:which|who|whose|whom|or|when|while)\b|.*\b(?:said|says),? (?:\w+ )?(?:i|me|my)\b|.*n't \w+$", re.IGNORECASE
)
"""What belongs to what stood before it, after which somebody else may be meant by "I", or what asks in the end."""

_LEANS = re.compile(
    r"(?:if|unless|although|though|because|since|as|even|once|until|before|after|not|no)\b", re.IGNORECASE
)
"""The beginning of a sentence that says another thing without the rest of it."""

_EVERYDAY = COMMON | SUBJECTS


def echo(text: str) -> str | None:
    """A few words that make no clause to rely on, in the second person: "through the tickets". None if none is fit.

    Whole sentences come first, then what a sentence begins with.
    """
    found = [(sentence, clauses_of(sentence)) for sentence in sentences(text)]
    whole = [sentence for sentence, clauses in found if clauses]
    begun = [clauses[0] for sentence, clauses in found if clauses and sentence.startswith(clauses[0])]
    parts = (*whole, *(part for part in begun if len(part.split()) >= SHORTEST and not _LEANS.match(part)))
    return next((said for part in parts if (said := _echoed(part)) is not None), None)


def answers_with_that(text: str) -> str | None:
    """The few words of an answer that its question makes whole, "that you grunt"; None of any other answer."""
    few_words = echo(text) if _IN_ANSWER.match(text) else None
    return few_words if few_words is not None and few_words.startswith("that ") else None


def _echoed(part: str) -> str | None:
    bare = LEADING.sub("", _PERHAPS.sub("", LEADING.sub("", AFTERTHOUGHT.sub("", part))))
    words = cut(bare.split(), LONGEST)
    if words is None or any(cue.match(bare) for cue in (_NO_ANSWER, BARE_VERB, _NOT_ALONE)):
        return None
    if not is_sayable(" ".join(words).replace(", ", " ")) or not _is_whole(words):
        return None
    turned = to_second_person(words)
    return turned[:1].lower() + turned[1:] if words[0].lower() in COMMON else turned


def _is_whole(words: list[str]) -> bool:
    """Whether a few words leave nothing open, and are English by at least one of them; one word alone may be any."""
    everyday = _EVERYDAY.intersection(word.lower().rstrip(",") for word in words)
    return len(words) == 1 or (bool(everyday) and words[-1].lower() not in SPEAKS)
