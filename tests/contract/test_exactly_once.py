"""kill -9 while mails are sent: a real server counts that each comes exactly once."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from assistant.domain.notices import NoticeState
from tests.fakes.killed_senders import invite

PEOPLE, KILLS = 200, 5


def test_each_invitation_comes_exactly_once_however_often_the_sender_is_killed(tmp_path: Path) -> None:
    """Two hundred people, five killed processes, one that ends: the server has one mail for each, and the store knows.

    What was in somebody's hands when they were killed is not known to have arrived, and is said to be so.
    """
    seed = random.SystemRandom().randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")  # shown where the test fails
    counted = invite(tmp_path / "home", PEOPLE, KILLS, random.Random(seed))  # noqa: S311 - when to kill is no secret
    assert set(counted.mails.values()) == {1}
    assert set(counted.states) <= {NoticeState.SENT, NoticeState.UNCONFIRMED}
    assert counted.states.get(NoticeState.UNCONFIRMED, 0) <= KILLS
