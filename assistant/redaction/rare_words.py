"""Words that hardly anybody uses, judged by general English and the names of teams, never by what others said."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from assistant.domain.giveaways import Giveaway, GiveawayKind
from assistant.redaction.tokens import shape, tokens

LEAST_LETTERS = 6
LEAST_KNOWN = 0.7
"""Share of known words from which on a text counts as English; in another language every word would be rare."""

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ily", "y"), ("iness", "y"), ("ier", "y"), ("iest", "y"), ("ing", ""), ("ing", "e"),
    ("ed", ""), ("ed", "e"), ("es", ""), ("es", "e"), ("s", ""), ("ly", ""), ("ness", ""), ("er", ""), ("er", "e"),
    ("ers", ""), ("ers", "e"), ("est", ""), ("able", ""), ("able", "e"), ("less", ""), ("ful", ""), ("ment", ""),
    ("ish", ""), ("y", ""), ("y", "e"), ("ably", "able"), ("ingly", ""), ("ingly", "e"), ("ation", "e"),
    ("ise", ""), ("ize", ""),
)  # fmt: skip
_BEGINNINGS = ("un", "re", "over", "under", "out", "mis", "non", "pre", "dis", "in", "inter", "super", "self", "half")


def rare_words(text: str, known: Collection[str]) -> Iterator[Giveaway]:
    """The rare words of an English text; ``known`` are words in small letters."""
    words = [t for t in tokens(text) if shape(t.text) in {"lower", "capital"} and t.text.isascii()]
    if not words or sum(is_known(t.text.lower(), known) for t in words) < LEAST_KNOWN * len(words):
        return
    for token in words:
        if len(token.text) >= LEAST_LETTERS and shape(token.text) == "lower" and not is_known(token.text, known):
            yield Giveaway(token.start, token.end, GiveawayKind.RARE_WORD)


def is_known(word: str, known: Collection[str]) -> bool:
    """Whether a word is known, or made of a known one by an ending, a beginning, or by joining two."""
    return word in known or _by_ending(word, known) or _by_beginning(word, known) or _by_joining(word, known)


def _by_ending(word: str, known: Collection[str]) -> bool:
    stems = [word.removesuffix(ending) + instead for ending, instead in _ENDINGS if word.endswith(ending)]
    long_enough = [stem for stem in stems if len(stem) >= 3]
    return any(stem in known or (stem[-1] == stem[-2] and stem[:-1] in known) for stem in long_enough)


def _by_beginning(word: str, known: Collection[str]) -> bool:
    rests = [word.removeprefix(b) for b in _BEGINNINGS if word.startswith(b)]
    return any(len(rest) >= 3 and (rest in known or _by_ending(rest, known)) for rest in rests)


def _by_joining(word: str, known: Collection[str]) -> bool:
    halves = ((word[:at], word[at:]) for at in range(3, len(word) - 2))
    return any(a in known and (b in known or _by_ending(b, known)) for a, b in halves)
