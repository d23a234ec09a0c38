"""ArgKP-2021 and Perspectrum as they are published, and the measure of the ArgKP shared task."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score

Numbers = NDArray[np.float64]

PARTS = {"train": "kpm_data", "dev": "kpm_data", "test": "test_data"}


@dataclass(frozen=True, slots=True)
class Debate:
    """One side of one topic: ``labels`` (arguments, key points) are 1, 0, or NaN where annotators were undecided."""

    topic: str
    arguments: list[str]
    key_points: list[str]
    labels: Numbers


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of Perspectrum, and what is said for (1) and against (0) it."""

    text: str
    perspectives: list[tuple[str, int]]


def load_argkp(folder: Path, part: str) -> list[Debate]:
    """The topics of a part of ArgKP-2021, each side by itself, in order of the file.

    Source: Friedman and others 2021, "Overview of the 2021 Key Point Analysis Shared Task"; CDLA-Sharing-1.0.
    """
    arguments, key_points, labels = (
        _rows(folder / PARTS[part] / f"{name}_{part}.csv") for name in ("arguments", "key_points", "labels")
    )
    said: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    points: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in arguments:
        said[row["topic"], row["stance"]].append(row)
    for row in key_points:
        points[row["topic"], row["stance"]].append(row)
    known = {(row["arg_id"], row["key_point_id"]): float(row["label"]) for row in labels}
    return [
        Debate(
            side[0],
            [a["argument"] for a in rows],
            [k["key_point"] for k in points[side]],
            np.array([[known.get((a["arg_id"], k["key_point_id"]), np.nan) for k in points[side]] for a in rows]),
        )
        for side, rows in said.items()
    ]


def load_perspectrum(folder: Path) -> dict[str, list[Claim]]:
    """The claims of each part of Perspectrum with the perspectives that are labelled support or undermine.

    Source: Chen and others 2019, "Seeing Things from a Different Angle: Discovering Diverse Perspectives about Claims";
    CC BY-SA 4.0.
    """
    split, pool, answers = (
        json.loads((folder / f"{name}_v1.0.json").read_text(encoding="utf-8"))
        for name in ("dataset_split", "perspective_pool", "perspectrum_with_answers")
    )
    texts = {one["pId"]: one["text"] for one in pool}
    parts: dict[str, list[Claim]] = {"train": [], "dev": [], "test": []}
    for claim in answers:
        said = [
            (texts[pid], int(cluster["stance_label_3"] == "SUPPORT"))
            for cluster in claim["perspectives"]
            if cluster["stance_label_3"] in ("SUPPORT", "UNDERMINE")
            for pid in cluster["pids"]
        ]
        parts[split[str(claim["cId"])]].append(Claim(claim["text"], said))
    return parts


def mean_average_precision(debates: Sequence[Debate], scores: Sequence[Numbers]) -> dict[str, float]:
    """Strict and relaxed mean average precision of scores (arguments, key points) by the official measure of the task.

    Each argument keeps its best key point and each debate the more confident half of its arguments; average precision
    over them is multiplied by the share that is right, as the script of the task does since it was corrected (before, a
    system was not asked how many matches it found). Undecided pairs are wrong in ``strict`` and right in ``relaxed``.
    """
    found = {}
    for name, undecided in (("strict", 0.0), ("relaxed", 1.0)):
        values = []
        for debate, score in zip(debates, scores, strict=True):
            order = np.argsort(-score.max(1), kind="stable")[: len(score) // 2]
            truth = np.nan_to_num(debate.labels[order, score[order].argmax(1)], nan=undecided)
            right = average_precision_score(truth, score[order].max(1)) if truth.any() else 0.0
            values.append(right * truth.mean())
        found[name] = round(float(np.mean(values)), 3)
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
