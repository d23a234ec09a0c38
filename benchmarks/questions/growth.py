"""How long an answer takes, and how that grows with the number of managers."""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from asking import NOW
from made_up_rounds import FIRST_DAY, World, findings_drawn, report

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
}
TIMES = 5
"""The least of so many times counts: whatever else a machine does only adds to it."""


@dataclass(frozen=True)
class Timed:
    """The least time of each of :data:`QUESTIONS`, in seconds."""

    managers: int
    reports: int
    seconds: tuple[float, ...]


def timed(managers: int, engine: Understanding, behaviours: Mapping[str, Behaviour]) -> Timed:
    """Build the organisation in a folder that goes away, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore.open(Path(folder))
        made = _grown(managers, behaviours)
        import_people(store, made.people)
        _hold(store, made)
        reports = len(made.reports)
        del made  # no installation holds all its reports in memory, where they would be walked over again and again
        gc.collect()
        seconds = tuple(_time(store, engine, behaviours, question) for question in QUESTIONS.values())
        store.close()
    return Timed(managers, reports, seconds)


def _grown(managers: int, behaviours: Mapping[str, Behaviour], seed: int = 8) -> World:
    """Managers in a line of eight each, every one with eight members who answer."""
    draw = random.Random(seed)  # noqa: S311 - for drawing only
    emails = [f"b{number}@acme.example" for number in range(managers)]
    people = [Person(TOP, "Toni Top", None, role=Role.LEADER)]
    for number, email in enumerate(emails):
        above = emails[(number - 1) // 8] if number else TOP
        people.append(Person(email, f"First{number} Boss", above, "Heads"))
        people += [Person(f"m{number}.{n}@acme.example", f"M{n} P{number}", email, f"T{number}") for n in range(8)]
    known = sorted(behaviours)
    reports = {
        (key, email): report(key, email, RESPONDENTS, findings_drawn(known, draw), behaviours, 0.0, draw, chance=1.0)
        for key in ROUNDS
        for email in emails
    }
    return World(tuple(people), reports)


def _hold(store: SqlStore, made: World) -> None:
    for number, key in enumerate(ROUNDS):
        opened = FIRST_DAY + timedelta(days=30 * number)
        open_round(store, key, opened)
        with store.work() as work:
            for (round_key, _), one in made.reports.items():
                if round_key == key:
                    work.reports.save(one)
        close_round(store, key, opened + timedelta(days=20))


def _time(store: SqlStore, engine: Understanding, behaviours: Mapping[str, Behaviour], question: str) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask(store, engine, None, person(TOP), question, TOP, None, NOW, behaviours)
        taken.append(time.perf_counter() - begun)
    return min(taken)
