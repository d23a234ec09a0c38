"""Attacks on all that is shown, for as long as wanted: made-up organisations, and somebody who sees everything.

    python benchmarks/attack.py [--minutes N] [--seed N] [--colluders | --two-rounds]

Each attempt makes up a history (who is in which team, answers when, signs, takes back, goes, looks at what), lets it
go through the real store and the real use cases, and looks for a person whose words could not be those of as many
others as the floor asks for (tests/attack/attacker.py). Prints how many were tried, or the first history in which
somebody was found, as small as it could be made; then it exits with 1. What it finds becomes a test in
tests/attack/test_attacks.py.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from tests.attack.attacker import given_away_in_rounds
from tests.attack.history import History
from tests.attack.strategies import histories, two_rounds
from tests.attack.world import Scene, scene

AT_ONCE = 50
Rounds = tuple[History, ...]
Made = st.SearchStrategy[Rounds]


def attack(stage: Scene, first_seed: int, made: Made, until: float) -> int:
    """Try histories until the time is over; how many. An AssertionError tells of the first that was found."""
    tried, number = 0, first_seed
    while time.monotonic() < until:
        tried += _some(stage, number, made)
        number += 1
    return tried


def _some(stage: Scene, number: int, made: Made) -> int:
    tried = 0

    @seed(number)
    @settings(max_examples=AT_ONCE, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(made, st.integers(0, 40), st.integers(0, 1))
    def try_one(rounds: Rounds, probe: int, attacked: int) -> None:
        nonlocal tried
        tried += 1
        found = given_away_in_rounds(stage.shown, rounds, attacked, probe)
        if found:
            raise AssertionError(f"{found}\n{rounds}")

    try_one()
    return tried


def main() -> int:
    """Run as long as asked; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--colluders", action="store_true", help="two of those who answered tell all they know")
    kinds.add_argument("--two-rounds", action="store_true", help="two rounds that follow each other")
    wanted = parser.parse_args()
    made = two_rounds() if wanted.two_rounds else histories(wanted.colluders).map(lambda history: (history,))
    until = time.monotonic() + 60 * wanted.minutes
    with scene() as stage:
        try:
            tried = attack(stage, wanted.seed, made, until)
        except AssertionError as found:
            print(f"Somebody is given away: {found}")
            return 1
    print(f"{tried:,} histories tried, and nobody was given away.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
