"""What reading and comparing cost, against the bare model, and for many teams."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence

from calibrate import reader_of
from rounds import Round
from scoring import run

from assistant.engines.embedded.model import LanguageModel


def measure(rounds: Sequence[Round]) -> dict[str, float]:
    """Seconds of reading and comparing the rounds, against encoding and classifying their statements alone.

    Each time with a model that has seen nothing yet, since it remembers what it saw; the middle of three times.
    """
    taken = [_once(rounds) for _ in range(3)]
    whole, bare, statements = (statistics.median(column) for column in zip(*taken, strict=True))
    return {
        "rounds": len(rounds),
        "statements": statements,
        "ms for a round": round(whole / len(rounds) * 1000, 1),
        "bare ms for a round": round(bare / len(rounds) * 1000, 1),
        "times the bare model": round(whole / bare, 2),
        "minutes for 1,000 teams": round(whole / len(rounds) * 1000 / 60, 1),
    }


def _once(rounds: Sequence[Round]) -> tuple[float, float, int]:
    model = LanguageModel.load()
    reader = reader_of(model, model.labels)
    model.see(["A sentence to warm up."])
    began = time.perf_counter()
    compared = [run(r, reader) for r in rounds]
    whole = time.perf_counter() - began
    texts = [[s.text for s in one.statements] for one in compared]
    fresh = LanguageModel.load()
    fresh.see(["A sentence to warm up."])
    began = time.perf_counter()
    for some in texts:
        fresh.see(some)
    return whole, time.perf_counter() - began, sum(map(len, texts))
