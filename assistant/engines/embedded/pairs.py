"""How probable it is that two statements speak of the same behaviour or need: what is known of a pair, looked at twice.

The second look knows what the first one found for all other pairs of the team: two statements that share a neighbour
are likelier to belong together than the two alone would suggest, and less likely where each has a better partner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.engines.embedded.model import Sentences

Numbers = NDArray[np.float64]

PAIR = (
    "near",
    "behaviour",
    "words",
    "same_author",
    "named_alike",
    "neighbours_alike",
    "vague",
    "meant_apart",
)
"""What is known of a pair of statements: the names of :func:`pair_features`, in order."""

AGAIN = ("between", "bridge", "preferred", "company")
"""What the second look adds: the names of :func:`second_look`, in order."""

TYPICAL = ("near_typical", "near_spread", "behaviour_typical", "behaviour_spread")
"""Mean and standard deviation over the pairs of a team, as they are in most teams."""

_PRIOR = 8
_STEM = 5
_WORD = re.compile(r"[^\W\d_]{4,}")
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class PairModel:
    """Weights of two logistic regressions, each with its constant first: over PAIR, and over PAIR and AGAIN."""

    first: tuple[float, ...]
    second: tuple[float, ...]

    @classmethod
    def of(cls, looks: Mapping[str, Mapping[str, float]]) -> PairModel:
        """From weights by name, of the ``first`` and ``second`` look, each with a ``constant``; else KeyError."""
        names = {"first": ("constant", *PAIR), "second": ("constant", *PAIR, *AGAIN)}
        return cls(**{look: tuple(looks[look][name] for name in order) for look, order in names.items()})

    def probabilities(self, features: Numbers) -> Numbers:
        """Probability of each pair sharing a topic, (n, n), from :func:`pair_features`."""
        return _logistic(np.concatenate([features, second_look(self.once(features))], axis=-1), self.second)

    def once(self, features: Numbers) -> Numbers:
        """The same by the first look alone."""
        return _logistic(features, self.first)


def pair_features(
    seen: Sentences,
    praising: Sequence[float],
    texts: Sequence[str],
    authors: Sequence[str],
    typical: Mapping[str, float],
) -> Numbers:
    """What is known of each pair of n sentences, (n, n, len(PAIR)).

    How near they are in the space of topics, and how alike in the behaviours that they may name, both in relation to
    all other sentences of the set (what is near in one team is far in another); how many uncommon words they share;
    whether one person said both, since people seldom speak of the same thing twice; how probable it is that both name
    one behaviour; whether they are near to the same other sentences; how open it is what the clearer one names; and how
    far apart they are in ``praising`` (0 to 1: says that something is there), since teams mostly agree. ``typical`` has
    the values of :data:`TYPICAL`, which stand in for other sentences where there are few.
    """
    near = (seen.vectors.astype(np.float64) @ seen.vectors.T).clip(-1, 1)
    behaviours = seen.behaviours.astype(np.float64)
    root = np.sqrt(behaviours)
    same = (root @ root.T).clip(0, 1)
    who, praise = np.array(authors), np.array(praising, dtype=np.float64)
    near_here = _relative(near, typical["near_typical"], typical["near_spread"])
    same_here = _relative(same, typical["behaviour_typical"], typical["behaviour_spread"])
    openness = -(behaviours * np.log(behaviours + _LEAST)).sum(1)
    columns = [
        near_here,
        same_here,
        _shared_words(texts),
        (who[:, None] == who[None, :]).astype(np.float64),
        behaviours @ behaviours.T,
        _alike(near_here),
        np.minimum(openness[:, None], openness[None, :]),
        np.abs(praise[:, None] - praise[None, :]),
    ]
    return np.stack(columns, axis=-1)


def second_look(probabilities: Numbers) -> Numbers:
    """What is known of each pair from all others, (n, n, len(AGAIN)), by the ``probabilities`` (n, n) of a first look.

    The expected number of sentences that belong to both; the surest way from one to the other by a third; how near it
    comes to the best partner that either has; and how many partners the lonelier one has.
    """
    link = probabilities.copy()
    np.fill_diagonal(link, 0)
    if not len(link):
        return np.zeros((0, 0, len(AGAIN)))
    best, company = link.max(axis=1), link.sum(axis=1)
    bridge = np.stack([np.minimum(row, link).max(axis=1) for row in link])
    preferred = link / np.maximum(best[:, None], best[None, :]).clip(_LEAST)
    columns = [
        link @ link,
        np.log(bridge + 1e-3),
        np.log(preferred + 1e-3),
        np.minimum(company[:, None], company[None, :]),
    ]
    return np.stack(columns, axis=-1)


def log_odds(probabilities: Numbers) -> Numbers:
    """Natural logarithm of the odds, kept finite for what is held certain."""
    inside = probabilities.clip(_LEAST, 1 - _LEAST)
    return np.asarray(np.log(inside / (1 - inside)))


def _logistic(features: Numbers, weights: Sequence[float]) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + features @ np.array(weights[1:])))))


def _alike(stands_out: Numbers) -> Numbers:
    """Cosine of how each two sentences stand to all sentences of the set, drawn towards 0 where there are few."""
    length = np.sqrt((stands_out**2).sum(axis=1, keepdims=True) + _PRIOR)
    scaled = stands_out / length
    return np.asarray(scaled @ scaled.T)


def _relative(closeness: Numbers, typical: float, spread: float) -> Numbers:
    """How far each pair stands out among all pairs of its two sentences, in standard deviations.

    Mean and deviation are drawn towards what is typical, as if so many more pairs had been seen for each sentence: in a
    small team that speaks of one thing only, that thing must not look ordinary.
    """
    others = closeness.copy()
    np.fill_diagonal(others, 0)
    pairs = len(others) - 1
    middle = (others.sum(1, keepdims=True) + _PRIOR * typical) / (pairs + _PRIOR)
    apart = (others - middle) ** 2
    np.fill_diagonal(apart, 0)
    deviation = np.sqrt((apart.sum(1, keepdims=True) + _PRIOR * spread**2) / (pairs + _PRIOR))
    stands_out = (closeness - middle) / deviation
    return np.asarray((stands_out + stands_out.T) / 2)


def _shared_words(texts: Sequence[str]) -> Numbers:
    """Cosine of the texts' words, cut to their first letters and weighted by how few texts of the set hold them."""
    held = [{word[:_STEM] for word in _WORD.findall(text.lower())} for text in texts]
    count = Counter(word for words in held for word in words)
    place = {word: n for n, word in enumerate(sorted(count))}
    table = np.zeros((len(texts), len(place)))
    for row, words in zip(table, held, strict=True):
        for word in words:
            row[place[word]] = np.log(len(texts) / count[word])
    length = np.sqrt((table**2).sum(1, keepdims=True))
    table = table / np.maximum(length, 1e-9)
    return np.asarray(table @ table.T)
