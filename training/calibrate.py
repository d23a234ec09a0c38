"""Calibrate the exported model on the dev rounds: temperatures, the pair model, thresholds.

    python training/calibrate.py --work training/work

Everything is chosen on rounds by a writer that the model has not learned from, through the exported int8 weights, and
checked on those of another. Thresholds are those with the best findings, or the best claims, over the dev rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from corpus import Statement
from examples import HERE, as_team, known, load_rounds
from network import CLIMATES
from rounds import Round
from scoring import conversation, f1, found, gold_statements, measures, run
from train import said_in

sys.path.insert(0, str(HERE.parent))

from assistant.domain.knowledge import Behaviour
from assistant.domain.words import Fundamental
from assistant.engines.embedded.grouping import PAIR, TYPICAL, pair_features
from assistant.engines.embedded.model import THRESHOLDS, WEIGHTS, Labels, LanguageModel, Sentences
from assistant.engines.embedded.reader import EmbeddedReader

HEADS = ("behaviours", "claim_kinds", "observation_kinds", "claim_stances", "observation_stances", "signals")
TRUST, FEAR = ("safety", "ownership"), ("blame", "fear")


def reader_of(model: LanguageModel, labels: Labels) -> EmbeddedReader:
    """A reader with other thresholds than those that came with the weights."""
    model.labels = labels
    named = {name: Behaviour(name, Fundamental(f), "", "", "") for name, f in known().items()}
    return EmbeddedReader(model, named)


def label(labels: Labels, head: str, s: Statement) -> int | None:
    """The class of a clause for a head, None where the head is not asked."""
    manager = s.side == "manager"
    if head == "behaviours":
        return labels.behaviours.index(s.behaviour) if s.behaviour else None
    if head in ("claim_kinds", "observation_kinds"):
        return (1 if s.neither else 0) if manager == (head == "claim_kinds") else None
    if head == "signals":
        return CLIMATES.index(s.climate or "none")
    names = labels.claim_stances if head == "claim_stances" else labels.observation_stances
    return names.index(s.stance) if s.stance in names else None


def outcomes(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each head: probabilities and truth of all clauses of these rounds; kinds as statement or not."""
    said = [s for r in rounds for s in said_in(as_team(r))]
    seen = model.see([s.text for s in said])
    made = {}
    for head in HEADS:
        asked = [(i, c) for i, s in enumerate(said) if (c := label(model.labels, head, s)) is not None]
        probability = getattr(seen, head)[[i for i, _ in asked]].astype(np.float64)
        if head.endswith("_kinds"):
            probability = np.stack([probability[:, 0], 1 - probability[:, 0]], 1)
        made[head] = (probability, np.array([c for _, c in asked]))
    return made


def temperature(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the least log loss; the probabilities are those at temperature 1."""
    logits = np.log(probabilities + 1e-12)

    def loss(t: float) -> float:
        z = logits / t
        z = z - np.log(np.exp(z).sum(1, keepdims=True))
        return float(-z[np.arange(len(truth)), truth].mean())

    return float(min(np.arange(0.6, 3.01, 0.05), key=loss))


def pairs(model: LanguageModel, reader: EmbeddedReader, round_: Round) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of all pairs of statements that the engine reads in a round and that are annotated."""
    gold = gold_statements(round_)
    read = [s for n, t in enumerate(round_.talks) for s in reader.read(conversation(round_, n, t)).statements]
    seen: Sentences = model.see([s.text for s in read])
    texts, authors = [s.text for s in read], [s.author for s in read]
    features = pair_features(seen.vectors, seen.behaviours, texts, authors, model.labels.thresholds)
    topic: dict[int, str] = {}
    for want in gold:
        if (hit := found(want, read)) is not None:
            topic[read.index(hit)] = want.id.rsplit(":", 1)[1]
    upper = [(i, j) for i in topic for j in topic if i < j]
    truth = np.array([topic[i] == topic[j] for i, j in upper])
    return np.array([features[i, j] for i, j in upper]), truth


def typical(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, float]:
    """Mean and standard deviation of the pairs of a team's statements: how near, and how alike in behaviour."""
    near, same = [], []
    for round_ in rounds:
        seen = model.see([s.text for s in gold_statements(round_)])
        upper = np.triu_indices(len(seen.vectors), 1)
        root = np.sqrt(seen.behaviours)
        near.append((seen.vectors @ seen.vectors.T)[upper])
        same.append((root @ root.T)[upper])
    values = [f(part) for part in (np.concatenate(near), np.concatenate(same)) for f in (np.mean, np.std)]
    return dict(zip(TYPICAL, map(float, values), strict=True))


def logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, the first for the constant, by Newton's method with a little ridge.

    What speaks for a common topic in all pairs must not speak against it beside the other features: a feature whose
    weight would be negative is left out, but for the one that says that one person said both.
    """
    free = [True] * len(PAIR)
    while True:
        weights = np.zeros(1 + len(PAIR))
        used = np.flatnonzero([True, *free])
        weights[used] = _newton(np.concatenate([np.ones((len(x), 1)), x], 1)[:, used], y)
        wrong = [n for n, name in enumerate(PAIR) if free[n] and name != "same_author" and weights[n + 1] < 0]
        if not wrong:
            return weights
        free[min(wrong, key=lambda n: weights[n + 1])] = False


def _newton(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(len(w))
        w = w + np.linalg.solve(hessian, x.T @ (y - p) - 0.1 * w)
    return w


def climate(reader: EmbeddedReader, rounds: Sequence[Round]) -> float:
    """F1 of who described an event of trust, and who one of fear or blame: for each person both."""
    hit = said = want = 0
    for r in rounds:
        for n, talk in enumerate(r.talks):
            if talk.author != "manager":
                read = set(reader.read(conversation(r, n, talk)).signals)
                told = {mark.signal for mark in talk.marks if mark.signal}
                for side in (TRUST, FEAR):
                    is_read, is_told = bool(read & set(side)), bool(told & set(side))
                    hit, said, want = hit + (is_read and is_told), said + is_read, want + is_told
    return f1(hit, said, want)


def best(name: str, choices: Sequence[float], labels: Labels, rate: Callable[[Labels], float]) -> Labels:
    """The labels with the threshold that rates best together with its neighbours: no lucky single one is taken."""
    rated = [rate(_with(labels, {name: float(choice)})) for choice in choices]
    padded = [rated[0], *rated, rated[-1]]
    smooth = [float(np.mean(padded[i : i + 3])) for i in range(len(rated))]
    print(name, [(round(float(c), 3), round(r, 3)) for c, r in zip(choices, rated, strict=True)], flush=True)
    return _with(labels, {name: float(choices[int(np.argmax(smooth))])})


def _with(labels: Labels, thresholds: Mapping[str, float]) -> Labels:
    return replace(labels, thresholds=labels.thresholds | dict(thresholds))


def main() -> None:
    """Write calibration.json beside the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=HERE / "work")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    args = parser.parse_args()
    model = LanguageModel.load(args.weights)
    rounds = load_rounds()
    plain = replace(model.labels, temperatures={}, thresholds=dict.fromkeys(THRESHOLDS, 0.5))
    reader_of(model, plain)
    temperatures = {head: temperature(p, y) for head, (p, y) in outcomes(model, rounds["dev"]).items()}
    labels = replace(plain, temperatures=temperatures)

    def grouped(tried: Labels) -> float:
        reader = reader_of(model, tried)
        figures = measures([run(r, reader) for r in rounds["dev"]])
        return (figures["finding_f1"] + figures["alignment_f1"]) / 2

    for side in ("claim", "observation"):
        labels = _with(labels, {f"{side}_sure": sure(model, rounds["dev"], labels, f"{side}_kinds")})
    labels = _with(labels, typical(model, rounds["dev"]))
    reader = reader_of(model, labels)
    made = [pairs(model, reader, r) for r in rounds["dev"]]
    weights = logistic(np.concatenate([x for x, _ in made]), np.concatenate([y for _, y in made]))
    named = dict(zip(("pair_bias", *(f"pair_{name}" for name in PAIR)), weights, strict=True))
    labels = _with(labels, {**named, "touches_fundamental": 0.5, "names_behaviour": 0.4})
    labels = best("same_topic", np.arange(0.1, 0.62, 0.04), labels, grouped)
    labels = best(
        "climate", np.arange(0.1, 0.9, 0.05), labels, lambda tried: climate(reader_of(model, tried), rounds["dev"])
    )
    for side in ("claim", "observation"):
        labels = _with(labels, {f"{side}_unsure": labels.thresholds[f"{side}_sure"] / 2})
    thresholds = {key: round(float(labels.thresholds[key]), 4) for key in THRESHOLDS}
    args.work.mkdir(parents=True, exist_ok=True)
    card = {"temperatures": {k: round(v, 2) for k, v in temperatures.items()}, "thresholds": thresholds}
    (args.work / "calibration.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card))
    for part in ("dev", "test"):
        reader = reader_of(model, replace(labels, thresholds=thresholds))
        print(part, json.dumps(measures([run(r, reader) for r in rounds[part]])))


def sure(model: LanguageModel, rounds: Sequence[Round], labels: Labels, head: str) -> float:
    """From which probability on a clause counts as a statement: the best F1."""
    reader_of(model, labels)
    probability, truth = outcomes(model, rounds)[head]

    def f1(threshold: float) -> float:
        said = probability[:, 0] >= threshold
        return 2 * float((said & (truth == 0)).sum()) / float(said.sum() + (truth == 0).sum())

    return float(max(np.arange(0.1, 0.91, 0.02), key=f1))


if __name__ == "__main__":
    main()
