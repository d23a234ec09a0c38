"""Which observations of a team belong to a claim: by words, by the bare encoder, and by Value Loop's pair model.

The teams are the rounds by which the model is tested, with the statements as they were annotated.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from made_up import REPOSITORY, test_rounds

sys.path[:0] = [str(REPOSITORY / "benchmarks" / "comparison")]

import numpy as np
from matching_data import Numbers
from matching_lexical import bm25, tfidf
from peers import BARE, Matched
from scoring import gold_statements
from sklearn.metrics import average_precision_score, roc_auc_score

from assistant.bootstrap import Parts
from assistant.domain.statements import Statement
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.pairs import PairModel
from assistant.engines.embedded.reader import EmbeddedReader
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Team:
    """One team's statements, and whether each observation belongs to each claim: ``truth`` (claims, observations)."""

    claims: tuple[Statement, ...]
    observations: tuple[Statement, ...]
    truth: Numbers

    @classmethod
    def of(cls, statements: Sequence[Statement]) -> Team:
        """From annotated statements, whose ids end with their topic."""
        claims = tuple(one for one in statements if one.is_claim)
        observations = tuple(one for one in statements if not one.is_claim)
        topics = [[one.id.rsplit(":", 1)[1] for one in side] for side in (claims, observations)]
        return cls(claims, observations, np.array([[a == b for b in topics[1]] for a in topics[0]], dtype=np.float64))


Score = Callable[[Team], Numbers]
"""How sure a system is of each pair, (claims, observations), in a unit of its own."""


def systems() -> dict[str, Score]:
    """Each system by name; each that encodes has a model of its own, which remembers nothing of the others' turns."""
    return {
        "BM25, stemmed": lambda team: bm25(_texts(team.observations), _texts(team.claims)).T,
        "scikit-learn's TF-IDF, stemmed": lambda team: tfidf(_texts(team.claims), _texts(team.observations)),
        BARE: _by_cosine(LanguageModel.load()),
        "Value Loop's pair model": _by_pairs(LanguageModel.load()),
    }


def measure(teams: Sequence[Team]) -> list[Matched]:
    """Every system on all teams that hold both sides."""
    both = [team for team in teams if team.truth.size]
    return [_measured(name, score, both) for name, score in systems().items()]


def _measured(name: str, score: Score, teams: Sequence[Team]) -> Matched:
    scores, taken = [], []
    for team in teams:
        started = time.perf_counter()
        scores.append(score(team))
        taken.append(1_000 * (time.perf_counter() - started))
    truth = np.concatenate([team.truth.ravel() for team in teams])
    said = np.concatenate([one.ravel() for one in scores])
    by_claim = [
        average_precision_score(told, row)
        for team, one in zip(teams, scores, strict=True)
        for told, row in zip(team.truth, one, strict=True)
        if told.any()
    ]
    return Matched(
        system=name,
        auc=float(roc_auc_score(truth, said)),
        average_precision=float(average_precision_score(truth, said)),
        by_claim=float(np.mean(by_claim)),
        milliseconds=statistics.median(taken),
    )


def _by_cosine(model: LanguageModel) -> Score:
    def score(team: Team) -> Numbers:
        vectors = model.see(_texts((*team.claims, *team.observations))).vectors.astype(np.float64)
        return np.asarray(vectors[: len(team.claims)] @ vectors[len(team.claims) :].T)

    return score


def _by_pairs(model: LanguageModel) -> Score:
    """As the engine looks at a team, encoding included."""
    reader = EmbeddedReader(model, Parts(Settings()).shipped_knowledge.behaviours)
    looks = PairModel.of(model.labels.looks)

    def score(team: Team) -> Numbers:
        every = (*team.claims, *team.observations)
        probable = looks.probabilities(reader.pairs(every, model.see(_texts(every))))
        return probable[: len(team.claims), len(team.claims) :]

    return score


def _texts(statements: Sequence[Statement]) -> list[str]:
    return [one.text for one in statements]


def main() -> None:
    """Measure on so many teams, and print."""
    teams = [Team.of(gold_statements(one)) for one in test_rounds()[: int(sys.argv[1])]]
    print(json.dumps({"systems": [asdict(one) for one in measure(teams)]}))


if __name__ == "__main__":
    main()
