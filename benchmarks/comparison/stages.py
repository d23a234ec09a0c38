"""Each stage by itself, all together, and what is lost where, on annotated rounds, with the installed weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from calibrate import as_asked, outcomes, reader_of
from examples import known
from pair_model import pairs
from rounds import Round
from rounds import read as read_rounds
from scoring import Compared, as_marked, count, measures, run
from sights import AGAIN, levels
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.pairs import PAIR, PairModel
from assistant.engines.embedded.segments import segments
from assistant.evaluation.counting import intervals

SECOND_READER = Path(__file__).resolve().parent / "second_reader.txt"
BINS = 10
LOST = {
    "nothing": (),
    "spans": ("spans",),
    "spans and stances": ("spans", "stances"),
    "spans and fundamentals": ("spans", "fundamentals"),
    "spans and topics": ("spans", "topics"),
    "spans, stances and fundamentals": ("spans", "stances", "fundamentals"),
    "spans, stances and topics": ("spans", "stances", "topics"),
}
WITHOUT = {
    "all features": (),
    "without nearness in topic and behaviour": ("near", "behaviour", "neighbours_alike"),
    "without shared words": ("words",),
    "without who said it": ("same_author",),
    "without whether both praise": ("meant_apart",),
}


def measure(sets: dict[str, list[Round]], test: Sequence[Round]) -> dict[str, Any]:
    """All figures of quality; ``test`` are the rounds by writers of whom nothing was learned."""
    model = LanguageModel.load()
    labels = model.labels
    reader = reader_of(model, labels)
    compared = {name: [run(r, reader) for r in rounds] for name, rounds in sets.items()}
    return {
        "engine": f"embedded:{model.version}",
        "counts": {name: _counts(rounds) for name, rounds in sets.items()},
        "whole": {name: measures(some) for name, some in compared.items()},
        "intervals": {name: intervals([count(one) for one in some]) for name, some in compared.items()},
        "stages": stages(model, test),
        "reliability": reliability(model, test),
        "lost": {name: measures([run(r, reader, frozenset(given)) for r in test]) for name, given in LOST.items()},
        "pairs": pair_figures(model, sets, test),
        "readers": readers(compared_by_name(compared.values())),
        "climates": {name: climates(some) for name, some in compared.items() if some[0].round.name in levels()},
    }


def compared_by_name(sets: Iterable[Sequence[Compared]]) -> dict[str, Compared]:
    """What the engine made of each round."""
    return {one.round.name: one for some in sets for one in some}


def readers(by_engine: Mapping[str, Compared]) -> dict[str, dict[str, float]]:
    """The second reader and the engine on the same rounds, both against what the writer marked."""
    marked = read_rounds(SECOND_READER, known())
    return {
        "a second reader": measures([as_marked(r, by_engine[r.name].round) for r in marked]),
        "the embedded engine": measures([by_engine[r.name] for r in marked]),
    }


def climates(compared: Sequence[Compared]) -> dict[str, float]:
    """In which share of the rounds two of those who said what the climate is agree: writer, readers and engine."""
    by_reader, by_another = levels(), levels(AGAIN)
    said = [
        (one.round.climate, by_reader[name], one.result.climate.level, by_another.get(name))
        for name, one in compared_by_name([compared]).items()
    ]
    pairs_of = {"writer and reader": (0, 1), "engine and writer": (2, 0), "engine and reader": (2, 1)}
    if all(another for *_, another in said):
        pairs_of["reader and another reader"] = (1, 3)
    return {name: round(float(np.mean([s[i] == s[j] for s in said])), 3) for name, (i, j) in pairs_of.items()}


def _counts(rounds: Sequence[Round]) -> dict[str, int]:
    claims = sum(len(talk.statements) for r in rounds for talk in r.reflections)
    observed = sum(len(talk.statements) for r in rounds for talk in r.feedbacks)
    people = sum(len(r.feedbacks) for r in rounds)
    return {"rounds": len(rounds), "respondents": people, "claims": claims, "observations": observed}


def stages(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, float]:
    """What each stage gets right, the stages before it given."""
    by_head = outcomes(model, rounds)
    found: dict[str, float] = {"clauses: annotated statements that are cut out whole or by half": _cut(rounds)}
    for side in ("claim", "observation"):
        probability, truth = by_head[f"{side}_kinds"]
        said = probability[:, 0] >= model.labels.thresholds[f"{side}_sure"]
        found[f"{side} or not: F1"] = float(f1_score(truth == 0, said))
    fundamental = fundamentals(model, rounds)
    found["fundamental: accuracy"] = fundamental
    probability, truth = by_head["behaviours"]
    found["behaviour, of 69: accuracy"] = float((probability.argmax(1) == truth).mean())
    found["behaviour among the first three"] = float(
        np.mean([t in row for t, row in zip(truth, np.argsort(-probability, 1)[:, :3], strict=True)])
    )
    for side in ("claim", "observation"):
        probability, truth = by_head[f"{side}_stances"]
        found[f"{side} stance: accuracy"] = float((probability.argmax(1) == truth).mean())
        found[f"{side} stance: macro F1"] = float(f1_score(truth, probability.argmax(1), average="macro"))
    probability, truth = by_head["observation_stances"]
    found["valued or not: accuracy"] = float(((probability.argmax(1) == 0) == (truth == 0)).mean())
    probability, truth = by_head["signals"]
    found["climate signal of a clause: macro F1"] = float(f1_score(truth, probability.argmax(1), average="macro"))
    return {name: round(value, 3) for name, value in found.items()}


def fundamentals(model: LanguageModel, rounds: Sequence[Round]) -> float:
    """Share of annotated clauses whose fundamental is the most probable one, the behaviours' probabilities summed."""
    order = list(dict.fromkeys(known().values()))
    at = np.array([order.index(known()[name]) for name in model.labels.behaviours])
    probability, truth = outcomes(model, rounds)["behaviours"]
    sums = np.stack([probability[:, at == n].sum(1) for n in range(len(order))], 1)
    return float((sums.argmax(1) == at[truth]).mean())


def _cut(rounds: Sequence[Round]) -> float:
    whole = []
    for r in rounds:
        for talk in r.talks:
            for mark in talk.statements:
                cuts = segments(talk.messages[mark.message])
                shared = [(min(c.end, mark.end) - max(c.start, mark.start), c.end - c.start) for c in cuts]
                whole.append(any(s * 2 >= min(length, mark.end - mark.start) and s > 0 for s, length in shared))
    return float(np.mean(whole))


def reliability(model: LanguageModel, rounds: Sequence[Round]) -> dict[str, dict[str, Any]]:
    """For each head: expected calibration error over ten equal bins of the highest probability, and the bins.

    Source: Naeini, Cooper and Hauskrecht 2015, "Obtaining well calibrated probabilities using Bayesian binning".
    """
    made = {}
    for head, (probability, truth) in outcomes(model, rounds).items():
        decided = as_asked(head, probability)
        sure, right = decided.max(1), decided.argmax(1) == truth
        place = np.minimum((sure * BINS).astype(int), BINS - 1)
        bins = [(int((place == b).sum()), sure[place == b], right[place == b]) for b in range(BINS)]
        error = sum(n * abs(float(s.mean()) - float(r.mean())) for n, s, r in bins if n) / len(sure)
        made[head] = {
            "error": round(error, 3),
            "bins": [(n, round(float(s.mean()), 2), round(float(r.mean()), 2)) for n, s, r in bins if n],
        }
    return made


def pair_figures(model: LanguageModel, sets: dict[str, list[Round]], test: Sequence[Round]) -> dict[str, Any]:
    """Same topic or not, pairs of annotated statements within a team: AUC and average precision, and without features.

    A feature left out is held at its mean, the others keep the weights that were learned with it.
    """
    made: dict[str, Any] = {"sets": {}, "without": {}}
    for name, rounds in sets.items():
        made["sets"][name] = _ranked(model, rounds)
    for name, left_out in WITHOUT.items():
        made["without"][name] = _ranked(model, test, left_out)
    made["without"]["without the second look"] = _ranked(model, test, once=True)
    return made


def _ranked(
    model: LanguageModel, rounds: Sequence[Round], left_out: Sequence[str] = (), once: bool = False
) -> dict[str, float]:
    reader = reader_of(model, model.labels)
    found = [pairs(model, reader, r) for r in rounds]
    for name in left_out:
        mean = np.concatenate([m.features[m.annotated] for m in found])[:, PAIR.index(name)].mean()
        for m in found:
            m.features[..., PAIR.index(name)] = mean
    by_look = PairModel.of(model.labels.looks)
    look = by_look.once if once else by_look.probabilities
    y = np.concatenate([m.truth for m in found])
    probability = np.concatenate([look(m.features)[m.annotated] for m in found])
    return {
        "auc": round(float(roc_auc_score(y, probability)), 3),
        "average precision": round(float(average_precision_score(y, probability)), 3),
    }
