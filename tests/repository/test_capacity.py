"""The simulation behind docs/scale.md."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks" / "scale"))

from capacity import Night, simulate

NIGHT = Night(managers=600, seconds=0.4, alone=0.01)


def test_one_worker_takes_the_time_of_all_reports() -> None:
    """Nobody waits for anybody but the database."""
    assert simulate(NIGHT, 1) == pytest.approx(600 * (0.4 + 0.01), rel=0.05)


def test_more_workers_are_quicker_until_the_database_is_what_they_wait_for() -> None:
    """No number of them is quicker than what each report needs alone."""
    seconds = [simulate(NIGHT, workers) for workers in (1, 2, 8, 200)]
    assert seconds == sorted(seconds, reverse=True)
    assert seconds[-1] >= 600 * 0.01


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_killed_workers_cost_time_and_no_report(workers: int) -> None:
    """The night still ends, also where one is killed as often as its report is given to another."""
    killed = simulate(Night(600, 0.4, 0.01, killed_every=20), workers)
    assert simulate(NIGHT, workers) < killed < 2 * simulate(NIGHT, workers) + 60
