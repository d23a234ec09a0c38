"""Calibrate the exported model on the dev teams: temperatures, the pair model, thresholds.

    python training/calibrate.py --work training/work

Everything is chosen on teams that the encoder was not trained on, through the exported int8 weights, and checked on the
test teams. The threshold for topics is the one with the best findings over small rounds drawn from the dev teams: some
of a team's topics, some of its people, as a round would have them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from corpus import Statement, Team, behaviours
from train import CLIMATES, HERE, KINDS, load_teams

sys.path.insert(0, str(HERE.parent))

from assistant.comparison.alignment import decide, finding_kind
from assistant.domain.words import Stance
from assistant.engines.embedded.grouping import cluster, pair_probabilities
from assistant.engines.embedded.model import LanguageModel, Sentences

FUNDAMENTAL = behaviours(HERE.parent / "knowledge" / "behaviours.yaml")
# The corpus holds few lines that say neither; in a conversation some four clauses of ten are greetings and asides.
NEITHER_SHARE = 0.4
HEADS = ("behaviours", "claim_kinds", "observation_kinds", "claim_stances", "observation_stances", "signals")


def rows(teams: list[Team]) -> list[Statement]:
    """Everything said in these teams."""
    return [s for team in teams for t in team.topics for s in t.statements] + [
        s for team in teams for s in team.neither
    ]


def label(model: LanguageModel, head: str, s: Statement) -> int | None:
    """The class of a statement for a head, None where the head is not asked."""
    manager = s.side == "manager"
    if head == "behaviours":
        return model.labels.behaviours.index(s.behaviour) if s.behaviour else None
    if head in ("claim_kinds", "observation_kinds"):
        asked = manager == (head == "claim_kinds")
        return (KINDS.index(s.neither) if s.neither else 0) if asked else None
    if head == "signals":
        return CLIMATES.index(s.climate or "none")
    names = model.labels.claim_stances if head == "claim_stances" else model.labels.observation_stances
    return names.index(s.stance) if s.stance in names else None


def temperature(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """The temperature with the least log loss; the probabilities are those at temperature 1."""
    logits = np.log(probabilities + 1e-12)

    def loss(t: float) -> float:
        z = logits / t
        z = z - np.log(np.exp(z).sum(1, keepdims=True))
        return float(-z[np.arange(len(truth)), truth].mean())

    return min(np.arange(0.6, 3.01, 0.05), key=loss)


def pairs(seen: Sentences, said: list[Statement]) -> tuple[np.ndarray, np.ndarray]:
    """Features (1, nearness, same behaviour) and truth of all pairs within a team."""
    near = seen.vectors @ seen.vectors.T
    root = np.sqrt(seen.behaviours)
    same = root @ root.T
    upper = np.triu_indices(len(said), 1)
    truth = np.array([said[i].topic == said[j].topic for i, j in zip(*upper, strict=True)])
    return np.stack([np.ones(len(truth)), near[upper], same[upper]], 1), truth


def logistic(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Weights of a logistic regression, by Newton's method with a little ridge."""
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w))
        w = w + np.linalg.solve(hessian, x.T @ (y - p) - 1e-3 * w)
    return w


def drawn_rounds(teams: list[Team], count: int, seed: int) -> list[list[Statement]]:
    """Small rounds: 5 to 9 topics of a team, none to two claims and none to six people on each."""
    rng = random.Random(seed)  # noqa: S311 - for drawing only
    rounds = []
    for _ in range(count):
        team = rng.choice(teams)
        chosen: list[Statement] = []
        for topic in rng.sample(team.topics, rng.randint(5, min(9, len(team.topics)))):
            claims = [s for s in topic.statements if s.side == "manager"]
            observed = [s for s in topic.statements if s.side == "member"]
            chosen += rng.sample(claims, min(len(claims), rng.choice((0, 1, 1, 1, 2))))
            chosen += rng.sample(observed, min(len(observed), rng.choice((0, 1, 2, 3, 4, 5, 6))))
        rounds.append(chosen)
    return rounds


def findings_of(groups: list[tuple[str, list[tuple[str, Stance]]]]) -> Counter[tuple[str, str]]:
    """(kind, fundamental) of each group of (author, stance), by the contract's rules."""
    found: Counter[tuple[str, str]] = Counter()
    for fundamental, members in groups:
        valuing = {a for a, s in members if s is Stance.VALUED}
        lacking = {a for a, s in members if s in (Stance.MISSING, Stance.HARMFUL)}
        claims = [s for a, s in members if a == "manager"]
        if kind := finding_kind(claims, decide(len(valuing), len(lacking))):
            found[(kind, fundamental)] += 1
    return found


def finding_f1(
    model: LanguageModel,
    rounds: list[list[Statement]],
    seen: dict[str, int],
    all_: Sentences,
    weights: dict[str, float],
    threshold: float,
    oracle: bool = False,
) -> tuple[float, float]:
    """F1 of (kind, fundamental) over drawn rounds, and of blind spots alone; everything predicted but the spans."""
    masks = {
        f: np.array([FUNDAMENTAL[b] == f for b in model.labels.behaviours]) for f in dict.fromkeys(FUNDAMENTAL.values())
    }
    tally: Counter[str] = Counter()
    for said in rounds:
        at = [seen[s.text] for s in said]
        vectors, named = all_.vectors[at], all_.behaviours[at]
        groups = []
        for group in cluster(pair_probabilities(vectors, named, weights), threshold):
            mean = named[group].mean(0)
            fundamental = max(masks, key=lambda f: float(mean[masks[f]].sum()))
            members = []
            for i in group:
                s = said[i]
                head, names = (
                    (all_.claim_stances, model.labels.claim_stances)
                    if s.side == "manager"
                    else (all_.observation_stances, model.labels.observation_stances)
                )
                stance = Stance(s.stance or "does") if oracle else Stance(names[int(head[at[i]].argmax())])
                members.append((s.speaker, stance))
            groups.append((fundamental, members))
        truth: dict[str, list[tuple[str, Stance]]] = defaultdict(list)
        for s in said:
            truth[f"{FUNDAMENTAL[s.behaviour or '']}|{s.topic}"].append((s.speaker, Stance(s.stance or "")))
        want = findings_of([(key.split("|")[0], members) for key, members in truth.items()])
        have = findings_of(groups)
        tally["hit"] += (want & have).total()
        tally["want"] += want.total()
        tally["have"] += have.total()
        for name, side in (("blind_hit", want & have), ("blind_want", want), ("blind_have", have)):
            tally[name] += sum(n for (kind, _), n in side.items() if kind == "blind_spot")
    return (
        2 * tally["hit"] / max(1, tally["want"] + tally["have"]),
        2 * tally["blind_hit"] / max(1, tally["blind_want"] + tally["blind_have"]),
    )


def best_threshold(probability: np.ndarray, truth: np.ndarray, weight: np.ndarray | None = None) -> float:
    """The threshold with the best F1, of statements weighted one by one."""
    weight = np.ones(len(truth)) if weight is None else weight

    def f1(threshold: float) -> float:
        said = probability >= threshold
        hit = float(weight[said & truth].sum())
        return 2 * hit / max(1e-9, float(weight[truth].sum() + weight[said].sum()))

    return float(max(np.arange(0.05, 0.99, 0.02), key=f1))


def statement_threshold(model: LanguageModel, seen: Sentences, said: list[Statement], side: str) -> float:
    """From which probability on a clause counts as a statement, where NEITHER_SHARE of what people say is none."""
    kinds = getattr(seen, f"{side}_kinds")
    asked = [(i, c) for i, s in enumerate(said) if (c := label(model, f"{side}_kinds", s)) is not None]
    probability, truth = np.array([kinds[i, 0] for i, _ in asked]), np.array([c == 0 for _, c in asked])
    weight = np.where(truth, (1 - NEITHER_SHARE) / truth.mean(), NEITHER_SHARE / (1 - truth.mean()))
    return best_threshold(probability, truth, weight)


def climate_threshold(seen: Sentences, said: list[Statement]) -> float:
    """From which probability on a respondent counts as having described an event, over all that they said."""
    people: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, s in enumerate(said):
        if s.side == "member" and s.topic:
            people[s.team, s.speaker].append(i)
    sides = [[CLIMATES.index(name) for name in pair] for pair in (("safety", "ownership"), ("blame", "fear"))]
    probability = np.array([seen.signals[at][:, side].max() for at in people.values() for side in sides])
    truth = np.array(
        [any(CLIMATES.index(said[i].climate or "none") in side for i in at) for at in people.values() for side in sides]
    )
    return best_threshold(probability, truth)


def main() -> None:
    """Write calibration.json and print what it does on dev and test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=HERE / "work")
    args = parser.parse_args()
    model = LanguageModel.load()
    model.labels.temperatures.clear()
    teams = load_teams()
    said = {name: rows(teams[name]) for name in ("dev", "test")}
    raw = {name: model.see([s.text for s in part]) for name, part in said.items()}
    temperatures = {}
    for head in HEADS:
        asked = [(i, c) for i, s in enumerate(said["dev"]) if (c := label(model, head, s)) is not None]
        at, truth = np.array([i for i, _ in asked]), np.array([c for _, c in asked])
        temperatures[head] = round(float(temperature(getattr(raw["dev"], head)[at], truth)), 2)
    model.labels.temperatures.update(temperatures)
    seen = {name: model.see([s.text for s in part]) for name, part in said.items()}
    xs, ys = [], []
    for team in teams["dev"]:
        at = [i for i, s in enumerate(said["dev"]) if s.team == team.name and s.topic]
        part = Sentences(*(getattr(seen["dev"], f)[at] for f in Sentences.__slots__))
        x, y = pairs(part, [said["dev"][i] for i in at])
        xs.append(x)
        ys.append(y)
    w = logistic(np.concatenate(xs), np.concatenate(ys))
    thresholds: dict[str, float] = {"pair_bias": w[0], "pair_near": w[1], "pair_behaviour": w[2]}
    place = {name: {s.text: i for i, s in enumerate(part)} for name, part in said.items()}
    drawn = {name: drawn_rounds(teams[name], 150, 3) for name in ("dev", "test")}
    scores = {
        round(float(t), 3): finding_f1(model, drawn["dev"], place["dev"], seen["dev"], thresholds, t)
        for t in np.concatenate([np.arange(0.02, 0.2, 0.02), np.arange(0.2, 0.6, 0.05)])
    }
    print({t: tuple(round(v, 3) for v in pair) for t, pair in scores.items()})
    thresholds["same_topic"] = max(scores, key=lambda t: scores[t][0])
    for side in ("claim", "observation"):
        thresholds[f"{side}_sure"] = statement_threshold(model, seen["dev"], said["dev"], side)
        thresholds[f"{side}_unsure"] = thresholds[f"{side}_sure"] / 2
    thresholds["climate"] = climate_threshold(seen["dev"], said["dev"])
    thresholds["touches_fundamental"] = 0.5
    thresholds["names_behaviour"] = 0.4
    thresholds = {key: round(float(value), 4) for key, value in thresholds.items()}
    args.work.mkdir(parents=True, exist_ok=True)
    card = {"temperatures": temperatures, "thresholds": thresholds}
    (args.work / "calibration.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card))
    for name in ("dev", "test"):
        whole = finding_f1(model, drawn[name], place[name], seen[name], thresholds, thresholds["same_topic"])
        given = finding_f1(model, drawn[name], place[name], seen[name], thresholds, thresholds["same_topic"], True)
        print(name, "findings F1, blind spots F1:", whole, "stances given:", given)


if __name__ == "__main__":
    main()
