"""kill -9 while mails are sent: a real server counts that each comes exactly once."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain.errors import Broken
from assistant.domain.notices import NoticeKind, NoticeState
from tests.fakes.killed_senders import Machine, invite, invite_from_two, invited
from tests.fakes.mail_server import taking_mails
from tests.fakes.postgres_server import EMPTY, PostgresServer

PEOPLE, KILLS = 200, 5
PEOPLE_OF_TWO = 60


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


@pytest.fixture
def machines(server: PostgresServer, tmp_path: Path) -> Iterator[tuple[Machine, Machine]]:
    """Two machines with one database and its keys on a server, and nothing else in common but the master key."""
    names = [server.make(EMPTY), server.make(EMPTY)]
    url, keys_url = map(server.url_of, names)
    one, other = (Machine(tmp_path / name, url, keys_url) for name in ("one", "other"))
    one.house(0).store.close()
    other.home.mkdir()
    shutil.copy(one.home / "master.key", other.home)
    yield one, other
    for name in names:
        server.drop(name)


def test_two_machines_send_each_invitation_exactly_once_though_one_is_killed(
    machines: tuple[Machine, Machine],
) -> None:
    """The other waits for its turn, takes over in the middle, and knows what had been handed over.

    A mail may be missing where the kill fell between its mark and its dot; then the store says so.
    """
    counted = invite_from_two(*machines, PEOPLE_OF_TWO)
    assert set(counted.states) <= {NoticeState.SENT, NoticeState.UNCONFIRMED}
    unconfirmed = counted.states.get(NoticeState.UNCONFIRMED, 0)
    assert unconfirmed <= 1
    assert max(counted.mails.values()) == 1
    assert list(counted.mails.values()).count(0) <= unconfirmed


def test_a_sender_that_has_lost_its_right_hands_nothing_over(
    machines: tuple[Machine, Machine], server: PostgresServer
) -> None:
    """Where its connection breaks, the mail on its way stays without its dot; whoever has the right then sends it."""
    one, _ = machines
    with taking_mails() as mails:
        house = invited(one, mails, people=3)
        mails.on_taken = lambda many: server.end_connections(one.url) if many == 1 else None
        with pytest.raises(Broken, match="does not answer"):
            house.send()
        assert len(mails.taken) == 1
        house.send()
        assert sorted(mails.counts.values()) == [1, 1, 1]
    assert {one.state for one in house.notices(kind=NoticeKind.INVITATION)} == {NoticeState.SENT}
