"""Matching on public data: key points with arguments (ArgKP-2021), claims with perspectives (Perspectrum).

    python benchmarks/comparison/matching.py --data FOLDER [--weights training/work/model.pt] [--out FILE.json]

``--data`` is a folder that holds ``argkp2021`` and ``perspectrum`` as they are published; ``--weights`` are those that
fine-tuning starts from (the base encoder without). Every choice was made on dev or on topics of train that were held
out. The encoder that comes with Value Loop has seen neither; what is fine-tuned here is thrown away. Besides what
``training/requirements.txt`` lists, it needs wordllama and snowballstemmer.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
sys.path[:0] = [str(HERE), str(REPOSITORY / "training"), str(REPOSITORY)]

import numpy as np
import torch
from matching_data import PARTS, Claim, Debate, Numbers, load_argkp, load_perspectrum, mean_average_precision
from matching_encoder import Matcher, Settings, fine_tune
from matching_lexical import bm25, embed, lexical, relative, smoothed, tfidf
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, average_precision_score, f1_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MaxAbsScaler, StandardScaler

from assistant.engines.embedded.model import LanguageModel

FOLDS = 3
FUSION = 0.01
"""Inverse strength of regularisation of the fusion."""

NEIGHBOURS = 20.0
"""How sharply arguments alike count when a sign is averaged over them."""

STRENGTHS = (0.001, 0.01, 0.1, 1.0, 10.0)
RECALLED = (5, 10, 20)

Scores = dict[str, list[Numbers]]
Encode = Callable[[Sequence[str]], Numbers]


def argkp(folder: Path, weights: Path | None, shipped: Encode, seed: int) -> dict[str, dict[str, dict[str, float]]]:
    """Mean average precision of each system on test and dev."""
    parts = {part: load_argkp(folder, part) for part in PARTS}
    draw = np.random.default_rng(seed)
    words = {part: [_of_words(debate) for debate in debates] for part, debates in parts.items()}
    held_out, near, start = _fine_tuned(parts, weights, seed)
    signs = {
        part: [np.concatenate(both, axis=-1) for both in zip(words[part], near[part], strict=True)] for part in parts
    }
    systems: dict[str, Scores] = {
        "random": _each(parts, lambda d: draw.random(d.labels.shape)),
        "BM25": _each(parts, lambda d: bm25(d.arguments, d.key_points)),
        "TF-IDF, stemmed": _each(parts, lambda d: tfidf(d.arguments, d.key_points)),
        "wordllama, cosine": _each(parts, lambda d: _cosines(embed, d)),
        "wordllama and lexical features, trained": _fused(parts, words),
        "MiniLM-L6 as it comes, cosine": _each(parts, lambda d: _cosines(start.encode, d)),
        "shipped encoder, cosine": _each(parts, lambda d: _cosines(shipped, d)),
        "encoder fine-tuned, cosine": {part: [sign[..., 0] for sign in near[part]] for part in ("dev", "test")},
    }
    return systems
