"""Okapi BM25 over a few texts, the baseline of retrieval by words.

Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", with the logarithm of
1 + odds, so that a word that most texts hold does not count against them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

SATURATION, LENGTH = 1.2, 0.75
_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("ing", "ies", "es", "ed", "ly", "s")


def words(text: str) -> list[str]:
    """The words of a text in small letters, without their commonest endings."""
    return [_stem(word) for word in _WORD.findall(text.lower())]


def _stem(word: str) -> str:
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) > 2), "")
    return word.removesuffix(ending)


class Bm25:
    """Texts that are asked for by the words they share with a question."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = [Counter(words(text)) for text in texts]
        self._mean = sum(count.total() for count in self._counts) / len(self._counts)
        self._held_by = Counter(word for count in self._counts for word in count)

    def scores(self, question: str) -> list[float]:
        """How well each text answers, in the order of the texts."""
        asked = set(words(question))
        return [sum(self._weight(word, count) for word in asked & count.keys()) for count in self._counts]

    def _weight(self, word: str, count: Counter[str]) -> float:
        held_by, texts = self._held_by[word], len(self._counts)
        rarity = math.log(1 + (texts - held_by + 0.5) / (held_by + 0.5))
        norm = SATURATION * (1 - LENGTH + LENGTH * count.total() / self._mean)
        return rarity * count[word] * (SATURATION + 1) / (count[word] + norm)
