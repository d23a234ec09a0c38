"""Choose the two numbers of the climate on the dev rounds: how many people it takes, and from when on it is mixed.

    python training/climates.py

Each round has two climates: its writer's, who counted the events they had marked, and that of a reader who saw only
what the team says (``climates.txt``). Careful people differ here more than anywhere else, so that the numbers are those
by which the engine agrees best with both, together with their neighbours. How far it does elsewhere is printed, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from calibrate import reader_of
from examples import WRITERS, load_rounds
from rounds import Round
from scoring import heard, read
from sights import levels

from assistant.comparison.climate import Rule, counted, level
from assistant.domain.words import ClimateLevel
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.reader import EmbeddedReader

TRIED = {"fewest": np.arange(1.05, 2.51, 0.05), "mixed from": np.arange(0.2, 0.46, 0.02)}
"""One person alone never makes a climate."""

AROUND = 2  # steps to either side that count as well: no lucky single pair is taken

Told = Mapping[str, tuple[float, float]]
"""Expected numbers of people who give a sign of trust, and of fear or blame, by round."""


def told(rounds: Sequence[Round], reader: EmbeddedReader) -> Told:
    """What the engine counts in each round."""
    return {round_.name: counted(*heard(round_, read(round_, reader))) for round_ in rounds}


def agreement(people: Told, climates: Mapping[str, ClimateLevel], rule: Rule) -> float:
    """In which share of the rounds the engine says what somebody else does."""
    return float(np.mean([level(*people[name], rule) is climates[name] for name in people]))


def best(people: Told, said: Sequence[Mapping[str, ClimateLevel]]) -> Rule:
    """The two numbers that agree best with everybody in ``said``."""
    fewest, mixed = TRIED.values()
    rated = np.array([[np.mean([agreement(people, c, Rule(f, m)) for c in said]) for m in mixed] for f in fewest])
    padded = np.pad(rated, AROUND, mode="edge")
    steps = list(product(range(2 * AROUND + 1), repeat=2))
    smooth = np.mean([padded[i : i + len(fewest), j : j + len(mixed)] for i, j in steps], axis=0)
    at, by = np.unravel_index(int(smooth.argmax()), smooth.shape)
    return Rule(round(float(fewest[at]), 2), round(float(mixed[by]), 2))


def main() -> None:
    """Print the choice, and how far each agrees with each."""
    by_reader, rounds, model = levels(), load_rounds(), LanguageModel.load()
    reader = reader_of(model, model.labels)
    for part in WRITERS:
        by_writer = {r.name: ClimateLevel(r.climate) for r in rounds[part]}
        people = told(rounds[part], reader)
        if part == "dev":
            rule = best(people, (by_writer, by_reader))
            print(rule)
        by_engine = [agreement(people, said, rule) for said in (by_writer, by_reader)]
        alike = float(np.mean([by_writer[name] is by_reader[name] for name in by_writer]))
        print(f"{part}: engine and writer {by_engine[0]:.3f}, and reader {by_engine[1]:.3f}, these two {alike:.3f}")


if __name__ == "__main__":
    main()
