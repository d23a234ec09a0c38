"""What the reader of questions makes of the words of a question: a transformer layer of its own, and what it pools."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from assistant.engines.embedded.model import Matrix

HEADS = 12
LOOKS = 8
"""How many means over the words are learned, each of as many of the features."""

QUIET = 1e-12
"""What keeps a division from failing where all features are alike."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One more layer over the words two layers before the model ends, in the form of BERT (Devlin and others 2019).

    For ``d`` features of a word: ``attend`` (d, 3d) makes queries, keys and values, ``join`` (d, d) puts the heads
    together, ``widen`` (d, 4d) and ``narrow`` (4d, d) are the network behind them, each with its ``_by``; ``gain`` and
    ``shift`` (2, d) belong to the two places where features are brought to one size. ``look`` (d, 8) says which words
    count in each mean that is learned, ``pooled_gain`` and ``pooled_shift`` (3d) bring what is pooled to one size.
    """

    attend: Matrix
    attend_by: Matrix
    join: Matrix
    join_by: Matrix
    widen: Matrix
    widen_by: Matrix
    narrow: Matrix
    narrow_by: Matrix
    gain: Matrix
    shift: Matrix
    look: Matrix
    pooled_gain: Matrix
    pooled_shift: Matrix

    @classmethod
    def of(cls, kept: Mapping[str, Matrix]) -> Layer:
        """From matrices by their names; raises KeyError where one is missing."""
        return cls(**{field.name: kept[field.name] for field in fields(cls)})

    def pooled(self, words: Matrix) -> Matrix:
        """A question (3d) from its words (n, d): their mean, what is most of each feature, and the learned means."""
        seen = self._through(words)
        share = _shares((seen @ self.look).T).T
        looked = (seen.reshape(len(seen), LOOKS, -1) * share[:, :, None]).sum(axis=0).ravel()
        views: Matrix = np.concatenate([seen.mean(axis=0), seen.max(axis=0), looked], dtype=np.float32)
        return _levelled(views, self.pooled_gain, self.pooled_shift)

    def _through(self, words: Matrix) -> Matrix:
        """Each word (n, d) with what it takes from the others."""
        split: Matrix = (words @ self.attend + self.attend_by).reshape(len(words), 3, HEADS, -1)
        query, key, value = split.transpose(1, 2, 0, 3)
        share = _shares(query @ key.transpose(0, 2, 1) * query.shape[-1] ** -0.5)
        taken: Matrix = (share @ value).transpose(1, 0, 2).reshape(words.shape)
        seen = _levelled(words + taken @ self.join + self.join_by, self.gain[0], self.shift[0])
        wide = _let_through(seen @ self.widen + self.widen_by)
        return _levelled(seen + wide @ self.narrow + self.narrow_by, self.gain[1], self.shift[1])


def _shares(scores: Matrix) -> Matrix:
    """Softmax over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _levelled(rows: Matrix, gain: Matrix, shift: Matrix) -> Matrix:
    """Layer normalisation (Ba and others 2016)."""
    off = rows - rows.mean(axis=-1, keepdims=True)
    size = np.sqrt((off**2).mean(axis=-1, keepdims=True) + QUIET)
    return np.asarray(off / size * gain + shift)


def _let_through(rows: Matrix) -> Matrix:
    """GELU (Hendrycks and Gimpel 2016), by its approximation with a hyperbolic tangent."""
    bent = np.tanh(math.sqrt(2 / math.pi) * (rows + 0.044715 * rows**3))
    return np.asarray(0.5 * rows * (1 + bent), dtype=np.float32)
