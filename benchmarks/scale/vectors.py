"""The vector index with many findings: how long keeping and finding take, beside Chroma without anything around it."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain.indexing import Entry, Shelf
from assistant.stores.chroma.index import ChromaIndex

DIMENSIONS = 384
ROUNDS = 8
FINDINGS_EACH = 6
"""Of one manager in one round, so that a company's index is about so many vectors for each report."""

BATCH = 5_000
QUERIES = 40
GRANTED = 100
"""Managers whose findings a leader may see."""

NEAREST = 20


@dataclass(frozen=True, slots=True)
class Searched:
    """Milliseconds of a query, the middle and 95 % below, ours and bare, and vectors kept a second."""

    vectors: int
    kept_a_second: float
    middle: float
    slow: float
    bare_middle: float
    bare_slow: float


def measure(vectors: int) -> Searched:
    """Fill an index and ask it, as a leader's question does: the nearest findings of the managers they may see."""
    draw = np.random.default_rng(5)
    managers = max(GRANTED, vectors // (ROUNDS * FINDINGS_EACH))
    with tempfile.TemporaryDirectory(prefix="value-loop-scale-") as home:
        index = ChromaIndex.open(Path(home), "scale")
        started = time.perf_counter()
        for start in range(0, vectors, BATCH):
            count = min(BATCH, vectors - start)
            entries = [
                Entry(Shelf.FINDINGS, f"f{n}", f"R{n % ROUNDS}/b{n // ROUNDS % managers}")
                for n in range(start, start + count)
            ]
            index.put(entries, _unit(draw, count).tolist())
        taken = time.perf_counter() - started
        asked = _unit(draw, QUERIES).tolist()
        groups = [f"R{ROUNDS - 1}/b{n}" for n in range(GRANTED)]
        ours = _timed([lambda one=one: index.near(Shelf.FINDINGS, one, groups, NEAREST) for one in asked])
        index.close()
        bare = _timed(_bare_queries(Path(home), asked))
    return Searched(vectors, vectors / taken, *ours, *bare)


def _bare_queries(home: Path, asked: list[list[float]]) -> list[Callable[[], Any]]:
    """The same questions to the same collection by Chroma's own client, without a filter."""
    from assistant.stores.chroma.folder import Folder

    client = Folder(home, "scale").open()
    collection = max(client.list_collections(), key=lambda one: one.count())
    return [lambda one=one: collection.query(query_embeddings=[one], n_results=NEAREST) for one in asked]


def _unit(draw: np.random.Generator, count: int) -> np.ndarray:
    made = draw.standard_normal((count, DIMENSIONS)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def _timed(queries: list[Callable[[], Any]]) -> tuple[float, float]:
    """The middle and the 95th percentile, in milliseconds; the first one warms up."""
    taken = []
    for query in queries:
        started = time.perf_counter()
        query()
        taken.append(1_000 * (time.perf_counter() - started))
    return statistics.median(taken[1:]), statistics.quantiles(taken[1:], n=20)[-1]


def main() -> None:
    """Measure one size and print it."""
    found = measure(int(sys.argv[1]))
    print(json.dumps({name: getattr(found, name) for name in Searched.__dataclass_fields__}))


if __name__ == "__main__":
    main()
