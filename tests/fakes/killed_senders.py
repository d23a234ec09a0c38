"""Invitations to many, sent by processes that are killed in between; a real server counts what comes."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from assistant.domain.notices import NoticeKind, NoticeState
from assistant.domain.organisation import Person
from assistant.loop.rounds import open_round
from tests.fakes.mail_server import MailServer, taking_mails
from tests.fakes.sending import BOSS, ROUND, House, by_mail

LONGEST = 600
PRELOADED = ["alembic.command", "tests.fakes.sending"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of it: how many people got how many mails, and how many invitations are in which state."""

    mails: dict[str, int]
    states: dict[NoticeState, int]


@dataclass(frozen=True, slots=True)
class Machine:
    """The home folder of a machine, and where its database and keys are, if they are not in it."""

    home: Path
    url: str | None = None
    keys_url: str | None = None

    def house(self, server: MailServer | int) -> House:
        """One more process on it, which sends by a server or its port."""
        port = server if isinstance(server, int) else server.port
        return House(self.home, by_mail(port), url=self.url, keys_url=self.keys_url)


def invite(home: Path, people: int, kills: int, chance: random.Random) -> Counted:
    """Invite so many people, and kill so many processes on the way, at moments that chance says."""
    machine = Machine(home)
    with taking_mails() as server:
        house = invited(machine, server, people)
        apart = people // (kills + 1)
        for number in range(1, kills + 1):
            process = _started(machine, server)
            _wait_until(server, number * apart + chance.randrange(-apart // 4, apart // 4))
            process.join(chance.uniform(0, 0.02))
            _end_by_force(process)
        house.send()
        return _counted(house, server)


def invite_from_two(one: Machine, other: Machine, people: int) -> Counted:
    """Invite so many people from two machines at once; the one that sends is killed once half have their mail."""
    with taking_mails() as server:
        house = invited(one, server, people)
        first = _started(one, server)
        _wait_until(server, 1)
        second = _started(other, server)
        _wait_until(server, people // 2)
        _end_by_force(first)
        second.join(LONGEST)
        return _counted(house, server)


def invited(machine: Machine, server: MailServer, people: int) -> House:
    """A house with so many people, in whose round all are to be invited."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
    house = machine.house(server)
    house.people([Person(BOSS, "Bo", None), *(Person(email, "Pat", BOSS) for email in _everybody(people)[1:])])
    open_round(house.store, ROUND, house.now, announcer=house.announcer)
    return house


def _everybody(people: int) -> list[str]:
    return [BOSS, *(f"p{number}@acme.example" for number in range(1, people))]


def _counted(house: House, server: MailServer) -> Counted:
    found = [one.state for one in house.notices(kind=NoticeKind.INVITATION)]
    mails = {email: server.counts[email] for email in _everybody(len(found))}
    return Counted(mails, {state: found.count(state) for state in set(found)})


def _started(machine: Machine, server: MailServer) -> BaseProcess:
    """A process that sends all that is due."""
    process = multiprocessing.get_context("forkserver").Process(target=_send_all, args=(machine, server.port))
    process.start()
    return process


def _wait_until(server: MailServer, many: int) -> None:
    """Wait until the server has so many mails."""
    reached = threading.Event()
    server.on_taken = lambda taken: reached.set() if taken >= many else None
    if len(server.taken) < many and not reached.wait(LONGEST):
        raise TimeoutError(f"the server has {len(server.taken)} mails, and was to have {many}")


def _end_by_force(process: BaseProcess) -> None:
    if process.pid is None or not process.is_alive():
        raise RuntimeError("the process ended by itself")
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _send_all(machine: Machine, port: int) -> None:
    """Send all that is due; where another process is at it, take over from it once it has ended or died."""
    house = machine.house(port)
    while house.send().left_to_another:
        time.sleep(0.02)
