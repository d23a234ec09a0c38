"""How long an answer takes, and how that grows with the number of managers."""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from asking import NOW
from made_up_rounds import FIRST_DAY, findings_drawn, report

from assistant.domain.access import person
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Person
from assistant.domain.words import Role
from assistant.loop.organisation import import_people
from assistant.loop.questions import Understanding, ask
from assistant.loop.rounds import close_round, open_round
from assistant.stores.sql.store import SqlStore

TOP = "top@acme.example"
ROUNDS = tuple(f"R{number}" for number in range(1, 9))
RESPONDENTS = 8
QUESTIONS = {
    "one round": "Which gaps are there in building trust?",
    "two rounds": "Which gaps are new since last round?",
    "all eight": "How has alignment developed over all rounds?",
    "all eight, everything": "How has everything changed over all rounds?",
}
FEW_ROUNDS, MANY_MANAGERS = 2, 5_000
"""From so many managers on, only so many rounds are held, and no question goes over more: reports take long to make."""

TIMES = 5
"""The least of so many times counts, and of the processor's alone: whatever else a machine does only adds to it."""


@dataclass(frozen=True)
class Timed:
    """The least time of each of :data:`QUESTIONS`, or of the first of them, in seconds."""

    managers: int
    reports: int
    seconds: tuple[float, ...]


def timed(managers: int, engine: Understanding, behaviours: Mapping[str, Behaviour]) -> Timed:
    """Build the organisation in a folder that goes away, and ask."""
    emails = tuple(f"b{number}@acme.example" for number in range(managers))
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore.open(Path(folder))
        import_people(store, tuple(_people(emails)))
        rounds = ROUNDS[:FEW_ROUNDS] if managers >= MANY_MANAGERS else ROUNDS
        _hold(store, emails, rounds, behaviours)
        gc.collect()
        gc.freeze()  # as the server does once it has started
        asked = [*QUESTIONS.values()][: None if rounds == ROUNDS else FEW_ROUNDS]
        seconds = tuple(_time(store, engine, behaviours, question) for question in asked)
        store.close()
    gc.unfreeze()
    return Timed(managers, managers * len(rounds), seconds)


def _people(managers: Sequence[str]) -> Iterator[Person]:
    """Managers in a line of eight each, every one with eight members."""
    yield Person(TOP, "Toni Top", None, role=Role.LEADER)
    for number, email in enumerate(managers):
        above = managers[(number - 1) // 8] if number else TOP
        yield Person(email, f"First{number} Boss", above, "Heads")
        yield from (Person(f"m{number}.{n}@acme.example", f"M{n} P{number}", email, f"T{number}") for n in range(8))


def _hold(
    store: SqlStore, managers: Sequence[str], rounds: Sequence[str], behaviours: Mapping[str, Behaviour], seed: int = 8
) -> None:
    """Hold the rounds, with a report in which everybody answered for each manager; none of it stays in memory."""
    draw, known = random.Random(seed), sorted(behaviours)  # noqa: S311 - for drawing only
    for number, key in enumerate(rounds):
        opened = FIRST_DAY + timedelta(days=30 * number)
        open_round(store, key, opened)
        with store.work() as work:
            for one in managers:
                drawn = findings_drawn(known, draw)
                work.reports.save(report(key, one, RESPONDENTS, drawn, behaviours, 0.0, draw, chance=1.0))
        close_round(store, key, opened + timedelta(days=20))


def _time(store: SqlStore, engine: Understanding, behaviours: Mapping[str, Behaviour], question: str) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        ask(store, engine, None, person(TOP), question, TOP, None, NOW, behaviours)
        taken.append(time.process_time() - begun)
    return min(taken)
