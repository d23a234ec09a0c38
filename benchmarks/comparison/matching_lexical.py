"""What words and static word vectors tell of an argument and a key point, and the fusion of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from matching_data import Debate, Numbers
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfVectorizer

SATURATION, LENGTH = 1.2, 0.75
_WORD = re.compile(r"[^\W\d_]{2,}")


def stems(text: str) -> list[str]:
    """Stems of the words that are no stop words (the Snowball stemmer for English)."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if word not in ENGLISH_STOP_WORDS]


@lru_cache(100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@lru_cache(1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("english")


@lru_cache(1)
def _word_vectors() -> Any:
    import wordllama

    return wordllama.WordLlama.load(disable_download=True, cache_dir=Path(wordllama.__file__).parent)


def embed(texts: Sequence[str]) -> Numbers:
    """Means of wordllama's static word vectors, (texts, 256), of unit length."""
    return np.asarray(_word_vectors().embed(list(texts), norm=True), dtype=np.float64)


def bm25(documents: Sequence[str], queries: Sequence[str]) -> Numbers:
    """Okapi BM25, (documents, queries), with word counts of these documents.

    Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", with the logarithm of
    1 + odds, so that a word that most documents hold does not count against them.
    """
    counter = CountVectorizer(analyzer=stems).fit([*documents, *queries])
    held: csr_matrix = counter.transform(documents).astype(np.float64)
    asked = (counter.transform(queries) > 0).astype(np.float64)
    length = np.asarray(held.sum(1)).ravel()
    with_word = np.asarray((held > 0).sum(0)).ravel()
    rarity = np.log(1 + (len(documents) - with_word + 0.5) / (with_word + 0.5))
    rows, columns = held.nonzero()
    count = held.data
    norm = SATURATION * (1 - LENGTH + LENGTH * length / max(length.mean(), 1e-9))
    weight = rarity[columns] * count * (SATURATION + 1) / (count + norm[rows])
    return np.asarray((csr_matrix((weight, (rows, columns)), held.shape) @ asked.T).toarray())


def tfidf(left: Sequence[str], right: Sequence[str]) -> Numbers:
    """Cosines of TF-IDF vectors over stems, (left, right), with the frequencies of these texts."""
    vectors = TfidfVectorizer(analyzer=stems, sublinear_tf=True).fit([*left, *right])
    return np.asarray((vectors.transform(left) @ vectors.transform(right).T).toarray())


def _letters(left: Sequence[str], right: Sequence[str]) -> Numbers:
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit([*left, *right])
    return np.asarray((vectors.transform(left) @ vectors.transform(right).T).toarray())


def _covered(arguments: Sequence[str], key_points: Sequence[str]) -> Numbers:
    """Share of the weight of a key point's words (as rare as in these texts) that the argument holds."""
    vectors = TfidfVectorizer(analyzer=stems, use_idf=True, norm=None, binary=True).fit([*arguments, *key_points])
    held = (vectors.transform(arguments) > 0).astype(np.float64)
    asked = vectors.transform(key_points)
    return np.asarray((held @ asked.T).toarray()) / np.maximum(np.asarray(asked.sum(1)).ravel(), 1e-9)


def lexical(debate: Debate) -> Numbers:
    """Every sign in words, by itself and in relation to the debate, (arguments, key points, features)."""
    said, points = debate.arguments, debate.key_points
    signs = [tfidf(said, points), _letters(said, points), _covered(said, points), bm25(said, points)]
    lengths = np.log1p([len(stems(text)) for text in said])
    short = np.log1p([len(stems(text)) for text in points])
    sizes = np.stack(np.broadcast_arrays(lengths[:, None], short[None, :]), axis=-1)
    return np.concatenate([*(relative(sign) for sign in signs), sizes], axis=-1)


def relative(sign: Numbers) -> Numbers:
    """A sign (arguments, key points) and how it stands out, (arguments, key points, 5).

    Compared with the argument's other key points (less their mean, less the best of them), with the key point's other
    arguments (in standard deviations), and with both at once (rows and columns centred).
    """
    points = sign.shape[1]
    row = sign - sign.mean(1, keepdims=True)
    best = np.stack([np.delete(sign, k, axis=1).max(1) if points > 1 else sign[:, k] for k in range(points)], axis=1)
    column = (sign - sign.mean(0)) / (sign.std(0) + 1e-6)
    both = row - row.mean(0)
    return np.stack([sign, row, sign - best, column, both], axis=-1)


def smoothed(sign: Numbers, likeness: Numbers, sharpness: float) -> Numbers:
    """The sign averaged over what else was said alike, (arguments, key points).

    ``likeness`` (arguments, arguments) are cosines; neighbours count by the softmax of them, itself does not.
    """
    weight = np.exp(sharpness * (likeness - 1))
    np.fill_diagonal(weight, 0)
    return np.asarray(weight @ sign / np.maximum(weight.sum(1, keepdims=True), 1e-9))
