"""Calibrate the exported model on the dev rounds: temperatures, the pair model, thresholds.

    python training/calibrate.py --work training/work

Everything but how teams lean is chosen on the dev rounds, by writers that the model has not learned from, through the
exported int8 weights, and checked on the test rounds. From which probability on a clause is a claim or an observation
is chosen by the best F-measure; ``pull``, by which what teams say of claims is least of a surprise.
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
from leanings import leaning, usual
from network import SIGNALS
from pair_model import logistic, looks, pairs, typical
from rounds import Round
from scoring import conversation, found, gold_statements, gold_topics, measures, read, run
from sights import signs
from train import said_in

sys.path.insert(0, str(HERE.parent))

from assistant.comparison.alignment import voices
from assistant.domain.knowledge import Behaviour
from assistant.domain.statements import Reading
from assistant.domain.words import Fundamental
from assistant.engines.embedded.model import HEADS, SIGNS, THRESHOLDS, WEIGHTS, Labels, LanguageModel
from assistant.engines.embedded.reader import EmbeddedReader

LIKELIER = 0.0
"""Log-odds from which on groups are joined. From -1.4 to 0.8 the figures on dev as a whole differ by less than .01, and
only trade blind spots found for those that are some, so that nothing is fitted: joined is what is likelier than not."""

Scales = dict[str, tuple[float, float]]
"""Slope and constant by name."""

Told = tuple[Reading, ...]
"""What was read in each conversation of a round."""


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
        return SIGNALS.index(s.climate or "none")
    names = labels.claim_stances if head == "claim_stances" else labels.observation_stances
    return names.index(s.stance) if s.stance in names else None


def outcomes(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each head: probabilities (clauses, classes) and truth of all clauses of these rounds.

    The truth of a kind is 0 for a statement and 1 for all else; :func:`as_asked` puts its classes together so.
    """
    said = [s for r in rounds for s in said_in(as_team(r))]
    seen = model.see([s.text for s in said])
    made = {}
    for head in HEADS:
        asked = [(i, c) for i, s in enumerate(said) if (c := label(model.labels, head, s)) is not None]
        probability = getattr(seen, head)[[i for i, _ in asked]].astype(np.float64)
        made[head] = (probability, np.array([c for _, c in asked]))
    return made


def as_asked(head: str, probabilities: np.ndarray) -> np.ndarray:
    """The probabilities by which something is decided: of kinds, statement or not; of all others, each class."""
    if not head.endswith("_kinds"):
        return probabilities
    return np.stack([probabilities[:, 0], probabilities[:, 1:].sum(1)], 1)


def temperature(head: str, probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the least log loss; the probabilities are those at temperature 1."""
    logits = np.log(probabilities + 1e-12)

    def loss(t: float) -> float:
        cooled = np.exp((logits - logits.max(1, keepdims=True)) / t)
        cooled = as_asked(head, cooled / cooled.sum(1, keepdims=True))
        return float(-np.log(cooled[np.arange(len(truth)), truth] + 1e-12).mean())

    return float(min(np.arange(0.6, 3.01, 0.05), key=loss))


def climate_scales(reader: EmbeddedReader, rounds: Sequence[Round]) -> tuple[Scales, Scales]:
    """Scales of each kind of event by what writers marked, and of each sign by what readers saw."""
    odds, truth = [], []
    for r in rounds:
        for n, talk in enumerate(r.talks):
            if talk.author != "manager":
                marked = {mark.signal for mark in talk.marks}
                odds.append(reader.climate_odds(conversation(r, n, talk)))
                truth.append(([name in marked for name in SIGNALS[1:]], signs()[r.name][talk.author]))
    (events, signed), (marks, seen) = zip(*odds, strict=True), zip(*truth, strict=True)
    return scales(SIGNALS[1:], np.array(events), np.array(marks)), scales(SIGNS, np.array(signed), np.array(seen))


def scales(names: Sequence[str], odds: np.ndarray, truth: np.ndarray) -> Scales:
    """Slope and constant that make the log-odds of each name, (n, names), mean what they say (Platt 1999)."""
    made = {}
    for n, name in enumerate(names):
        constant, slope = logistic(odds[:, [n]], truth[:, n])
        made[name] = (round(slope, 3), round(constant, 3))
    return made


def foreseen(model: LanguageModel, labels: Labels, rounds: Sequence[Round], readings: Sequence[Told]) -> float:
    """Mean log-probability, as foreseen, of what the teams say of each claim that was found; 0 would be certainty.

    A few voices decide what a team says, so that figures of what is found jump where this moves smoothly.
    """
    reader = reader_of(model, labels)
    logs = []
    for round_, told in zip(rounds, readings, strict=True):
        gold = gold_statements(round_)
        truth = {s.id: topic for topic in gold_topics(gold) for s in gold if s.id in topic.statements}
        said = [s for reading in told for s in reading.statements]
        team = reader.team(said, model.see([s.text for s in said]))
        views = {said[i].id: claim.views for claim in reader.gathering.claims(team) for i in claim.statements}
        for want in gold:
            if want.is_claim and (hit := found(want, said)) is not None:
                held = voices(s for s in gold if s.id in truth[want.id].statements).view
                logs.append(float(np.log(max(views[hit.id][held], 1e-6))))
    return float(np.mean(logs))


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
    plain = replace(
        model.labels,
        temperatures={},
        thresholds=dict.fromkeys(THRESHOLDS, 0.5),
        described=dict.fromkeys(SIGNALS[1:], (1.0, 0.0)),
        signed=dict.fromkeys(SIGNS, (1.0, 0.0)),
    )
    reader_of(model, plain)
    temperatures = {head: temperature(head, p, y) for head, (p, y) in outcomes(model, rounds["dev"]).items()}
    labels = replace(plain, temperatures=temperatures)

    for side in ("claim", "observation"):
        labels = _with(labels, {f"{side}_sure": sure(model, rounds["dev"], labels, f"{side}_kinds")})
    labels = _with(labels, typical(model, rounds["dev"]))
    reader = reader_of(model, labels)
    shares, agreement = leaning(rounds["train"])
    events, signed = climate_scales(reader, rounds["dev"])
    labels = replace(
        labels,
        looks=looks([pairs(model, reader, r) for r in rounds["dev"]]),
        shares=shares,
        usual=usual(rounds["train"]),
        described=events,
        signed=signed,
    )
    labels = _with(labels, {"same_topic": LIKELIER, "agreement": agreement})
    labels = _with(labels, {"touches_fundamental": 0.5})
    reader = reader_of(model, labels)
    readings = [read(r, reader) for r in rounds["dev"]]

    labels = best(
        "pull", np.arange(0.0, 1.21, 0.1), labels, lambda tried: foreseen(model, tried, rounds["dev"], readings)
    )
    for side in ("claim", "observation"):
        labels = _with(labels, {f"{side}_unsure": labels.thresholds[f"{side}_sure"] / 2})
    thresholds = {key: round(float(labels.thresholds[key]), 4) for key in THRESHOLDS}
    args.work.mkdir(parents=True, exist_ok=True)
    card = {
        "temperatures": {k: round(v, 2) for k, v in temperatures.items()},
        "thresholds": thresholds,
        "looks": labels.looks,
        "shares": labels.shares,
        "usual": labels.usual,
        "described": labels.described,
        "signed": labels.signed,
    }
    (args.work / "calibration.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card))
    for part in ("dev", "test"):
        reader = reader_of(model, replace(labels, thresholds=thresholds))
        print(part, json.dumps(measures([run(r, reader) for r in rounds[part]])))


def sure(model: LanguageModel, rounds: Sequence[Round], labels: Labels, head: str) -> float:
    """From which probability on a clause counts as a statement: the best F1 (van Rijsbergen 1979, with beta 1)."""
    reader_of(model, labels)
    probability, truth = outcomes(model, rounds)[head]

    def rate(threshold: float) -> float:
        said = probability[:, 0] >= threshold
        hit = float((said & (truth == 0)).sum())
        return 2 * hit / float(said.sum() + (truth == 0).sum())

    return float(max(np.arange(0.1, 0.91, 0.02), key=rate))


if __name__ == "__main__":
    main()
