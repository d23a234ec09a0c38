"""Whole conversations between personas and an engine, through the loop and a real store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from personas import Answering, Line, Persona

from assistant.domain.access import person
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind
from assistant.loop.conversations import answer, begin, say
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.ports.engine import Engine
from assistant.ports.store import Store
from assistant.stores.sql.store import SqlStore

ROUND = "2026-Q4"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MOST_TURNS = 16


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation that was held: what the assistant said, turn by turn, and what was answered to each.

    The last turn has no answer where the assistant asked nothing more.
    """

    persona: Persona
    turns: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each turn of the assistant with what had been said before it."""
        return zip(self.turns, ("", *(line.words for line in self.lines)), strict=False)


def hold_all(personas: Iterable[Persona], engine: Engine) -> tuple[Talk, ...]:
    """One conversation with each persona, in a round of their own."""
    everybody = tuple(personas)
    with _store(everybody) as store:
        return tuple(_hold(store, engine, persona, number) for number, persona in enumerate(everybody))


def _hold(store: Store, engine: Engine, persona: Persona, number: int) -> Talk:
    author, about = _emails(number)
    viewer = person(author)
    held = begin(store, engine, viewer, ROUND, persona.kind, about, f"talk{number}", NOON)
    turns, lines = [held.messages[-1].content], list[Line]()
    answering = Answering(persona)
    while "?" in turns[-1] and len(lines) < MOST_TURNS:
        lines.append(answering.to(turns[-1]))
        say(store, viewer, held.id, 2 * len(lines) - 1, lines[-1].words)
        turns.append("".join(answer(store, engine, viewer, held.id)))
    return Talk(persona, tuple(turns), tuple(lines))


@contextmanager
def _store(personas: tuple[Persona, ...]) -> Iterator[Store]:
    with tempfile.TemporaryDirectory(prefix="value-loop-conduct-") as folder:
        store = SqlStore.open(Path(folder))
        people = [one for number, persona in enumerate(personas) for one in _people(persona, number)]
        import_people(store, people)
        open_round(store, ROUND, NOON)
        yield store
        store.close()


def _emails(number: int) -> tuple[str, str]:
    """Of whom speaks, and whom it is about."""
    return f"speaks{number}@acme.example", f"about{number}@acme.example"


def _people(persona: Persona, number: int) -> Iterator[Person]:
    author, about = _emails(number)
    leads = persona.kind is ConversationKind.REFLECTION
    yield Person(author, persona.name, None if leads else about)
    yield Person(about, persona.about, author if leads else None)
