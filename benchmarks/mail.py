"""Sends thousands of invitations to a real SMTP server on this machine, while the sender is killed again and again.

    .venv/bin/python benchmarks/mail.py [--people 5000] [--kills 10]

The server counts what arrives. The exit status is 1 where anybody gets no mail, or two.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.fakes.killed_senders import invite


def main() -> None:
    """Send, and say what arrived."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--people", type=int, default=5000)
    given.add_argument("--kills", type=int, default=10)
    given.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = given.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        chance = random.Random(asked.seed)  # noqa: S311 - when to kill is no secret
        counted = invite(Path(folder) / "home", asked.people, asked.kills, chance)
    took = time.monotonic() - began
    arrived = Counter(counted.mails.values())
    states = ", ".join(f"{number:,} {state}" for state, number in sorted(counted.states.items()))
    print(f"{asked.people:,} invitations, {asked.kills} processes killed, seed {asked.seed}, {took:.0f} s")
    print(f"people by how many mails they got: {dict(sorted(arrived.items()))}")
    print(f"what the store says: {states}")
    sys.exit(0 if set(arrived) == {1} else 1)


if __name__ == "__main__":
    main()
