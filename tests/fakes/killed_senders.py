"""Invitations to many, sent by processes that are killed in between; a real server counts what comes."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from dataclasses import dataclass
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


def invite(home: Path, people: int, kills: int, chance: random.Random) -> Counted:
    """Invite so many people, and kill so many processes on the way, at moments that chance says."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    everybody = [BOSS, *(f"p{number}@acme.example" for number in range(1, people))]
    with taking_mails() as server:
        house = House(home, by_mail(server.port))
        house.people([Person(BOSS, "Bo", None), *(Person(email, "Pat", BOSS) for email in everybody[1:])])
        open_round(house.store, ROUND, house.now, announcer=house.announcer)
        apart = people // (kills + 1)
        for number in range(1, kills + 1):
            _end_by_force(server, home, number * apart + chance.randrange(-apart // 4, apart // 4), chance)
        house.send()
    found = [one.state for one in house.notices(kind=NoticeKind.INVITATION)]
    return Counted(
        {email: server.counts[email] for email in everybody}, {state: found.count(state) for state in set(found)}
    )


def _end_by_force(server: MailServer, home: Path, after: int, chance: random.Random) -> None:
    """Let a process send until the server has so many mails, and kill it a moment later."""
    reached = threading.Event()
    server.on_taken = lambda many: reached.set() if many >= after else None
    process = multiprocessing.get_context("forkserver").Process(target=_send_all, args=(home, server.port))
    process.start()
    if not reached.wait(LONGEST):
        raise TimeoutError(f"the server has {len(server.taken)} mails, and was to have {after}")
    process.join(chance.uniform(0, 0.02))
    if process.pid is None or not process.is_alive():
        raise RuntimeError("the process ended by itself")
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def _send_all(home: Path, port: int) -> None:
    House(home, by_mail(port)).send()
