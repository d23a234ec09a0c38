"""A whole company's round through the real store: how the analysis grows with the number of managers."""

from __future__ import annotations

import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from made_up import test_rounds
from memory import peak

from assistant.bootstrap import Parts
from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation, Message
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Role, Speaker
from assistant.loop.analysis import analyse
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.settings import Settings

ROUND = "2026-Q4"
RESPONDENTS = 8
WHOLE, REDUCED = 5, 1
"""Statements that each person makes; in a company of ten thousand managers each makes one."""

BARE_AT_ONCE = 32
MOST_BARE = 2_000
"""Statements that are encoded bare; more would only take longer."""

BATCH = 2_000
NOW = datetime(2026, 10, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A round that was analysed: seconds in all and bare (see :func:`measure`), and the process's peak in MB."""

    managers: int
    statements: int
    said_by_each: int
    seconds: float
    bare_each: float
    peak: float

    @property
    def each(self) -> float:
        """Seconds a manager."""
        return self.seconds / self.managers

    @property
    def against_bare(self) -> float:
        """How many times as long as the encoder alone takes for the same statements."""
        return self.seconds / (self.bare_each * self.statements)


def measure(managers: int, said_by_each: int) -> Analysed:
    """Analyse the round of a company of so many managers, and encode the same statements bare, in one process."""
    with tempfile.TemporaryDirectory(prefix="value-loop-scale-") as home:
        parts = Parts(Settings(home=Path(home)))
        fill(parts, managers, said_by_each)
        parts.engine.vectors(["A sentence to warm up."])
        started = time.perf_counter()
        analyse(parts.store, parts.engine, parts.knowledge, ROUND)
        taken = time.perf_counter() - started
        texts, statements = _read(parts, managers)
        bare = _bare(parts, texts)
        parts.store.close()
    return Analysed(managers, statements, said_by_each, taken, bare / len(texts), peak())


def fill(parts: Parts, managers: int, said_by_each: int) -> None:
    """People, an open round, and what everybody said in it."""
    import_people(parts.store, list(_people(managers)))
    open_round(parts.store, ROUND, NOW)
    talks = _talks(managers, said_by_each)
    while some := list(itertools.islice(talks, BATCH)):
        import_conversations(parts.store, some)


def manager(number: int) -> str:
    """The e-mail of the manager with this number."""
    return f"b{number}@acme.example"


def _people(managers: int) -> Iterator[Person]:
    yield Person("top@acme.example", "Toni Top", None, role=Role.LEADER)
    for n in range(managers):
        yield Person(manager(n), f"Boss{n} Last", "top@acme.example", "Heads")
        for member in range(RESPONDENTS):
            yield Person(f"m{n}.{member}@acme.example", f"Member{member} Of{n}", manager(n), f"Team {n}")


def _talks(managers: int, said_by_each: int) -> Iterator[Conversation]:
    """What all say: drawn from the rounds by which the model is tested, no two of them written quite alike."""
    draw = random.Random(4)  # noqa: S311 - for drawing only
    rounds = test_rounds()
    claims = [talk.text(mark) for r in rounds for talk in r.reflections for mark in talk.statements]
    seen = [talk.text(mark) for r in rounds for talk in r.feedbacks for mark in talk.statements]
    numbers = itertools.count(1)
    for n in range(managers):
        said = [_unlike(draw.choice(claims), next(numbers)) for _ in range(said_by_each)]
        yield _talk(f"r{n}", ConversationKind.REFLECTION, manager(n), None, said)
        for member in range(RESPONDENTS):
            said = [_unlike(draw.choice(seen), next(numbers)) for _ in range(said_by_each)]
            yield _talk(f"f{n}.{member}", ConversationKind.FEEDBACK, f"m{n}.{member}@acme.example", manager(n), said)


def _talk(id_: str, kind: ConversationKind, author: str, about: str | None, said: list[str]) -> Conversation:
    messages = [m for words in said for m in (Message(Speaker.ASSISTANT, "And?"), Message(Speaker.USER, words))]
    return Conversation(id_, ROUND, kind, author, about, tuple(messages), created_at=NOW)


def _unlike(text: str, number: int) -> str:
    """The same words with spaces doubled as the number's digits say: the engine remembers what it has read."""
    parts = text.split(" ")
    gaps = ["  " if number >> place & 1 else " " for place in range(len(parts) - 1)]
    return "".join(itertools.chain.from_iterable(itertools.zip_longest(parts, gaps, fillvalue="")))


def _read(parts: Parts, managers: int) -> tuple[list[str], int]:
    """Some of the statements that were read, and how many there are in all."""
    texts: list[str] = []
    counted = 0
    with parts.store.work() as work:
        for n in range(managers):
            for held in work.conversations.about_manager(ROUND, manager(n), ANALYSIS):
                reading = work.statements.of(held.id, parts.engine.reads_as, ANALYSIS)
                statements = reading.statements if reading else ()
                counted += len(statements)
                if len(texts) < MOST_BARE:
                    texts += [statement.text for statement in statements]
    return texts, counted


def _bare(parts: Parts, texts: list[str]) -> float:
    """Seconds of encoding and classifying, written so that the engine does not remember them."""
    fresh = [f"{text} " for text in texts]
    started = time.perf_counter()
    for start in range(0, len(fresh), BARE_AT_ONCE):
        parts.engine.vectors(fresh[start : start + BARE_AT_ONCE])
    return time.perf_counter() - started


def main() -> None:
    """Measure one size and print it."""
    found = measure(int(sys.argv[1]), int(sys.argv[2]))
    print(json.dumps({name: getattr(found, name) for name in Analysed.__dataclass_fields__}))


if __name__ == "__main__":
    main()
