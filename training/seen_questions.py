"""Questions as the reader of questions is given them, and what is counted over them; nothing but NumPy is needed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.engines.embedded.model import Matrix
from assistant.engines.embedded.question_reader import Vocabulary

SEEN = Path(__file__).resolve().parent / "work" / "questions.npz"
SELDOM = 4
"""A word that fewer questions hold is not learned."""

TOO_ALIKE = 0.93
"""From this cosine on, two questions are not put on two sides when it is measured how well others foretell them."""


@dataclass(frozen=True)
class Seen:
    """What the reader is given of n questions, and what it is to tell.

    ``features`` (n, f), ``halfway`` a matrix of words (w, 384) for each, words and signs of each, and the ``values`` of
    those of its parts that somebody told; ``card`` says by which weights, and of which corpus.
    """

    card: dict[str, str]
    values: tuple[dict[str, str], ...]
    features: Matrix
    halfway: tuple[Matrix, ...]
    words: tuple[tuple[str, ...], ...]
    signs: tuple[tuple[str, ...], ...]

    def keep(self, file: Path) -> None:
        """Write it."""
        file.parent.mkdir(parents=True, exist_ok=True)
        said = {"card": self.card, "values": self.values, "words": self.words, "signs": self.signs}
        lengths = [len(words) for words in self.halfway]
        halfway = np.concatenate(self.halfway).astype(np.float16)
        np.savez(file, said=np.array(json.dumps(said)), features=self.features, halfway=halfway, lengths=lengths)

    @classmethod
    def load(cls, file: Path) -> Seen:
        """Read what was written."""
        with np.load(file) as kept:
            said = json.loads(str(kept["said"]))
            halfway = np.split(kept["halfway"].astype(np.float32), np.cumsum(kept["lengths"])[:-1])
            features = kept["features"]
        words, signs = (tuple(map(tuple, said[name])) for name in ("words", "signs"))
        return cls(said["card"], tuple(said["values"]), features, tuple(halfway), words, signs)


def vocabulary(seen: Seen, of: Sequence[int]) -> Vocabulary:
    """The words and signs of these questions that are not seldom, with the logarithm of how rare each is."""
    often = Counter(word for n in of for word in {*seen.words[n], *seen.signs[n]})
    known = sorted(word for word, number in often.items() if number >= SELDOM)
    rarity = [1 + np.log(len(of) / often[word]) for word in known]
    return Vocabulary({word: place for place, word in enumerate(known)}, np.array(rarity, dtype=np.float32))


def bags(seen: Seen, known: Vocabulary) -> Matrix:
    """The weighed words of every question, (n, v)."""
    rows = np.zeros((len(seen.words), len(known.places)), dtype=np.float32)
    for row, spoken, recognised in zip(rows, seen.words, seen.signs, strict=True):
        places, weights = known.weighed(spoken, recognised)
        row[places] = weights
    return rows


def kin(vectors: Matrix) -> NDArray[np.int64]:
    """A number for each question, (n), the same for those that are almost the same question."""
    number = np.arange(len(vectors))
    for one, other in np.argwhere(np.triu(vectors @ vectors.T > TOO_ALIKE, 1)):
        number[number == number[other]] = number[one]
    return number


def folds(kinship: NDArray[np.int64], count: int, draw: np.random.Generator) -> NDArray[np.int64]:
    """Which of ``count`` parts each question is in, (n); kin are in one part."""
    clans, of = np.unique(kinship, return_inverse=True)
    return (draw.permutation(len(clans)) % count)[of]
