"""People's names, and names of places, firms and things, by a small trained tagger.

It looks at each word and three more on each side: at pieces of up to four letters, at how they are written, and at how
common they are. ``training/names.py`` makes the weights.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from assistant.redaction.tokens import FEATURES, Token, features, pieces, shape, tokens

if TYPE_CHECKING:
    import numpy as np

AROUND = 3
PERSON, THING = 1, 2
_WEIGHTS = resources.files("assistant.redaction") / "weights"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A word with how probable it is (0 to 1) that it belongs to a person's name, or to that of another thing."""

    token: Token
    person: float
    thing: float


class NameTagger:
    """The trained tagger. A word in small letters has to look more like a name than one that is written large."""

    def __init__(self, weights: Mapping[str, Any], ranks: Mapping[str, int]) -> None:
        self._table = weights["pieces"].astype("float32") * weights["scale"].astype("float32")[:, None]
        self._hidden = weights["hidden"].astype("float32")
        self._hidden_bias, self._out, self._out_bias = weights["hidden_bias"], weights["out"], weights["out_bias"]
        self._ranks = ranks
        self._large, self._small = float(weights["threshold_large"]), float(weights["threshold_small"])

    @classmethod
    def load(cls) -> NameTagger:
        """The tagger as it is shipped."""
        import numpy as np

        with (_WEIGHTS / "names.npz").open("rb") as file:
            weights = dict(np.load(file))
        return cls(weights, ranks())

    def is_person(self, tagged: Tagged) -> bool:
        """Whether a word is taken for a part of a person's name."""
        return tagged.person >= (self._small if shape(tagged.token.text) == "lower" else self._large)

    def tag(self, text: str) -> list[Tagged]:
        """Every word and sign of the text with its probabilities."""
        return self.tag_tokens(tokens(text))

    def tag_tokens(self, said: list[Token]) -> list[Tagged]:
        """The same for a text that has been cut already."""
        import numpy as np

        if not said:
            return []
        width = self._table.shape[1] + FEATURES
        words = np.zeros((len(said) + 2 * AROUND, width), np.float32)
        for at, token in enumerate(said):
            words[at + AROUND] = [*self._table[pieces(token.text)].mean(0), *features(said, at, self._ranks)]
        windows = np.lib.stride_tricks.sliding_window_view(words, 2 * AROUND + 1, axis=0)
        flat = windows.transpose(0, 2, 1).reshape(len(said), -1)
        scores = np.maximum(flat @ self._hidden.T + self._hidden_bias, 0) @ self._out.T + self._out_bias
        found = _softmax(scores)
        return [Tagged(token, float(p[PERSON]), float(p[THING])) for token, p in zip(said, found, strict=True)]


def ranks() -> dict[str, int]:
    """English words, small letters, by how common they are; the commonest is 0."""
    with (_WEIGHTS / "words.txt.gz").open("rb") as file:
        words = gzip.decompress(file.read()).decode().split("\n")
    return {word: rank for rank, word in enumerate(words)}


def _softmax(scores: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    import numpy as np

    powers = np.exp(scores - scores.max(1, keepdims=True))
    shares: np.ndarray[Any, Any] = powers / powers.sum(1, keepdims=True)
    return shares
