"""Perspectrum: is a perspective for or against a claim, and which perspectives belong to it. Evaluation only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matching_data import Claim, Numbers
from matching_lexical import bm25, embed
from scipy.sparse import hstack, spmatrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler

STRENGTHS = (0.001, 0.01, 0.1, 1.0, 10.0)
RECALLED = (5, 10, 20)

Encode = Callable[[Sequence[str]], Numbers]
Pairs = tuple[list[str], list[str], list[int]]


def stance(parts: dict[str, list[Claim]], encoders: dict[str, Encode]) -> dict[str, dict[str, Any]]:
    """Accuracy and macro F1 of support or undermine on test and dev, by logistic regression on train.

    The inverse strength of its regularisation is the one of ``STRENGTHS`` that does best on dev.
    """
    pairs = {part: _pairs(claims) for part, claims in parts.items()}
    words = [TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True).fit(pairs["train"][n]) for n in (0, 1)]
    systems = {
        "always support": {part: np.zeros((len(truth), 1)) for part, (*_, truth) in pairs.items()},
        "TF-IDF of words and pairs of words": {
            part: hstack([words[0].transform(claims), words[1].transform(said)], format="csr")
            for part, (claims, said, _) in pairs.items()
        },
    }
    for name, encode in encoders.items():
        systems[name] = {part: _together(encode(claims), encode(said)) for part, (claims, said, _) in pairs.items()}
    truth = {part: labels for part, (*_, labels) in pairs.items()}
    return {name: _classified(signs, truth) for name, signs in systems.items()}


def retrieval(claims: Sequence[Claim], encoders: dict[str, Encode]) -> dict[str, dict[str, float]]:
    """For each claim, all perspectives of all claims ranked: mean average precision and mean recall of the first k."""
    texts = list(dict.fromkeys(text for claim in claims for text, _ in claim.perspectives))
    place = {text: n for n, text in enumerate(texts)}
    asked = [claim for claim in claims if claim.perspectives]
    truth = np.zeros((len(asked), len(texts)), dtype=bool)
    for row, claim in zip(truth, asked, strict=True):
        row[[place[text] for text, _ in claim.perspectives]] = True
    questions = [claim.text for claim in asked]
    scores = {"BM25": bm25(texts, questions).T, "wordllama, cosine": embed(questions) @ embed(texts).T}
    scores |= {f"{name}, cosine": encode(questions) @ encode(texts).T for name, encode in encoders.items()}
    return {name: _ranked(truth, score) for name, score in scores.items()}


def _pairs(claims: Sequence[Claim]) -> Pairs:
    rows = [(claim.text, text, label) for claim in claims for text, label in claim.perspectives]
    return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]


def _together(claims: Numbers, said: Numbers) -> Numbers:
    """Vectors of both sides, their product and their difference: (pairs, 4 * size)."""
    return np.concatenate([claims, said, claims * said, claims - said], axis=1)


def _classified(signs: dict[str, Numbers | spmatrix], truth: dict[str, list[int]]) -> dict[str, Any]:
    found = []
    for strength in STRENGTHS:
        model = make_pipeline(MaxAbsScaler(), LogisticRegression(C=strength, max_iter=1000))
        model.fit(signs["train"], truth["train"])
        figures: dict[str, Any] = {"strength": strength}
        for part in ("test", "dev"):
            said = model.predict(signs[part])
            figures[part] = {
                "accuracy": round(float(accuracy_score(truth[part], said)), 3),
                "macro_f1": round(float(f1_score(truth[part], said, average="macro")), 3),
            }
        found.append(figures)
    return max(found, key=lambda figures: figures["dev"]["macro_f1"])


def _ranked(truth: Numbers, score: Numbers) -> dict[str, float]:
    order = np.argsort(-score, axis=1, kind="stable")
    right = np.take_along_axis(truth, order, axis=1)
    figures = {"map": np.mean([average_precision_score(t, s) for t, s in zip(truth, score, strict=True)])}
    figures |= {f"recall@{k}": np.mean(right[:, :k].sum(1) / right.sum(1)) for k in RECALLED}
    return {name: round(float(value), 3) for name, value in figures.items()}
