"""The example organisation: a company with one finished round and one that has just begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

import yaml

from assistant.domain.organisation import Organisation
from assistant.loop.conversations import import_conversations
from assistant.loop.conversations_file import read_conversations, round_facts
from assistant.loop.organisation import import_people
from assistant.loop.people_file import read_people
from assistant.loop.rounds import close_round, open_round
from assistant.ports.store import Store

FINISHED_ROUND = "2026-Q3"
OPEN_ROUND = "2026-Q4"

_OPENED_BEFORE = timedelta(days=95)
_CLOSED_BEFORE = timedelta(days=74)
_BEGUN_BEFORE = timedelta(days=3)
_CLOSES_IN = timedelta(days=18)


@dataclass(frozen=True, slots=True)
class Guide:
    """Somebody to be in the demo, and what is worth looking at as that person."""

    email: str
    name: str
    look_at: str


@dataclass(frozen=True, slots=True)
class Tour:
    """Three people to be in the demo, and questions for the leader to ask."""

    manager: Guide
    team_member: Guide
    leader: Guide
    questions: tuple[str, ...]


def fill(store: Store, new_id: Callable[[], str], now: datetime) -> Tour:
    """Put the example organisation into an empty store; the finished round is closed and has yet to be analysed."""
    people = read_people(_file("people.csv"), Organisation.of(()), skip_bad=False).records
    import_people(store, people)
    open_round(store, FINISHED_ROUND, now - _OPENED_BEFORE)
    _import(store, FINISHED_ROUND, new_id)
    close_round(store, FINISHED_ROUND, now - _CLOSED_BEFORE)
    open_round(store, OPEN_ROUND, now - _BEGUN_BEFORE, closes_at=now + _CLOSES_IN)
    _import(store, OPEN_ROUND, new_id)
    return _tour(yaml.safe_load(_file("tour.yaml")), Organisation.of(people))


def _import(store: Store, key: str, new_id: Callable[[], str]) -> None:
    data = _file(f"conversations-{key}.jsonl")
    import_conversations(store, read_conversations(data, round_facts(store), new_id, skip_bad=False).records)


def _tour(page: dict[str, Any], organisation: Organisation) -> Tour:
    def guide(part: str) -> Guide:
        person = organisation.person(page[part]["email"])
        return Guide(person.email, person.name, page[part]["look_at"].strip())

    return Tour(guide("manager"), guide("team_member"), guide("leader"), tuple(page["questions"]))


def _file(name: str) -> bytes:
    return (resources.files("assistant") / "example" / name).read_bytes()
