"""How long a company's night would take with more workers than one machine has: a small simulation.

    python benchmarks/scale/capacity.py [--managers N] [--seconds S] [--alone S] [--workers N ...] [--killed-every S]

``--seconds`` is what a report takes a worker that has a core to itself, ``--alone`` how much of that is spent in
transactions that nobody else is in meanwhile; both are measured by ``benchmarks/scale --only company workers``. A
worker that is killed loses the report it was at, which is taken up again once it counts as dead; another is started in
its place. With a language
model, what bounds a night is how many tokens its server takes a minute: ``--tokens`` a report, ``--tokens-a-minute`` of
the server.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
from dataclasses import dataclass

SPREAD = 0.3
"""Standard deviation of the logarithm of a report's seconds: teams say more or less."""

DEAD_AFTER = 20.0
"""Seconds without a sign of life after which a worker's jobs are given to others (assistant/stores/queue/worker.py)."""


STARTING = 3.0
"""Seconds until the worker that is started in the place of one that was killed is at work."""


@dataclass(frozen=True, slots=True)
class Night:
    """What is simulated: reports, seconds of each, those of them alone, and on average between two killed workers."""

    managers: int
    seconds: float
    alone: float
    killed_every: float | None = None


def simulate(night: Night, workers: int, seed: int = 1) -> float:
    """Seconds until all reports are made.

    Whoever is free takes the next report. Its last part needs the database to itself, in the order of coming.
    """
    draw = random.Random(seed)  # noqa: S311 - for drawing only
    free = [0.0] * workers
    waiting = [0.0] * night.managers  # when each report can be begun
    database_free, apart = 0.0, night.killed_every or math.inf
    next_kill = apart * draw.uniform(0.5, 1.5)
    while waiting:
        begins = max(heapq.heappop(free), heapq.heappop(waiting))
        ends = begins + night.seconds * draw.lognormvariate(-(SPREAD**2) / 2, SPREAD)
        while next_kill < begins:  # it met somebody who had nothing at hand
            next_kill += apart * draw.uniform(0.5, 1.5)
        if next_kill <= ends:
            heapq.heappush(waiting, next_kill + DEAD_AFTER)
            heapq.heappush(free, next_kill + STARTING)
            next_kill += apart * draw.uniform(0.5, 1.5)
            continue
        database_free = max(ends, database_free + night.alone)
        heapq.heappush(free, database_free)
    return database_free


def by_tokens(managers: int, tokens: int, tokens_a_minute: int) -> float:
    """Seconds that a server of a language model needs for all reports, whatever the workers do."""
    return 60 * managers * tokens / tokens_a_minute


def table(night: Night, workers: list[int]) -> str:
    """How long the night is for so many workers, and how well they are used."""
    lines = ["| workers | minutes | reports a minute | of what they could do |", "| ---: | ---: | ---: | ---: |"]
    for number in workers:
        seconds = simulate(night, number)
        ideal = night.managers * night.seconds / number
        lines.append(
            f"| {number} | {seconds / 60:,.1f} | {60 * night.managers / seconds:,.0f} | {100 * ideal / seconds:.0f} % |"
        )
    return "\n".join(lines)


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--managers", type=int, default=12_000)
    parser.add_argument("--seconds", type=float, default=0.4)
    parser.add_argument("--alone", type=float, default=0.02)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8, 16, 32, 64])
    parser.add_argument("--killed-every", type=float)
    parser.add_argument("--tokens", type=int, default=13_000)
    parser.add_argument("--tokens-a-minute", type=int, default=2_000_000)
    wanted = parser.parse_args()
    night = Night(wanted.managers, wanted.seconds, wanted.alone, wanted.killed_every)
    print(table(night, wanted.workers))
    minutes = by_tokens(wanted.managers, wanted.tokens, wanted.tokens_a_minute) / 60
    print(f"\nWith a language model of {wanted.tokens_a_minute:,} tokens a minute: at least {minutes:,.0f} minutes.")


if __name__ == "__main__":
    main()
