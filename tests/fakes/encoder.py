"""An encoder without a model: texts that share words are near each other."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Sequence

DIMENSIONS = 256


class BagOfWords:
    """Counts words into a fixed number of places; the same text always gives the same unit vector.

    ``seen`` holds every text that was turned into a vector, in order.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []

    @property
    def fingerprint(self) -> str:
        """Name and version of this way of counting."""
        return "bag-of-words:1"

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector a text; a text without words points to the first place."""
        self.seen += texts
        return [_vector(text) for text in texts]

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """Cosines of the vectors."""
        first = _vector(text)
        return [sum(a * b for a, b in zip(first, _vector(other), strict=True)) for other in others]


def _vector(text: str) -> list[float]:
    counts = Counter(zlib.crc32(word.encode()) % DIMENSIONS for word in re.findall(r"\w{3,}", text.lower())) or {0: 1}
    length = math.sqrt(sum(count * count for count in counts.values()))
    return [counts.get(place, 0) / length for place in range(DIMENSIONS)]
