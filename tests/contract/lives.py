"""What a process does, again and again, until it is killed; it tells of each thing that it was told is done."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, Message
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from assistant.engines.embedded.engine import EmbeddedEngine
from assistant.loop.analysis import analyse
from assistant.loop.conversations import answer, begin, import_conversations, say, send
from assistant.loop.index import follow
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.rounds import close_round, open_round
from assistant.loop.upkeep import keep_up
from assistant.stores.chroma.index import ChromaIndex
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.knowledge_files import load_knowledge
from assistant.stores.sql.store import SqlStore
from tests.fakes.reports import a_claim, a_finding, a_report

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RETENTION_IS_OVER = NOON + timedelta(days=90)
ROUND = "2026-Q4"
BOSS, LEAD = "boss@acme.example", "lead@acme.example"
TEAM = tuple(f"p{n}@acme.example" for n in range(6))
WORD = "unmistakably"
SAID = f"I {WORD} took time to show them how the new machine works, step by step."
PRAISE = f"She {WORD} took time to show me how the new machine works, step by step."
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@dataclass(frozen=True)
class Living:
    """One life: the home it lives on, its name, and where it tells what is done."""

    home: Path
    name: str
    told: Connection
    store: SqlStore

    def tell(self, what: str, *more: str) -> None:
        """Say that something is done."""
        self.told.send((what, *more))


def live(kind: str, home: Path, name: str, told: Connection) -> None:
    """Do things of one kind without end."""
    living = Living(home, name, told, SqlStore.open(home, patience=30))
    living.tell("ready")
    LIVES[kind](living)


def feedback(round_key: str, author: str, about: str, said: str) -> Conversation:
    """A feedback as a file brings it, under a new id."""
    messages = (Message(Speaker.ASSISTANT, "What value did your manager bring?"), Message(Speaker.USER, said))
    return Conversation(uuid.uuid4().hex, round_key, ConversationKind.FEEDBACK, author, about, messages)


def keys_of(home: Path, column: str, value: str) -> list[str]:
    """The ids of somebody's keys (column ``owner``) or of a round's (``round_key``)."""
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as file:
        rows = file.execute(f"SELECT id FROM data_key WHERE {column} = ?", (value,))  # noqa: S608 - one of two names
        return [id_ for (id_,) in rows]


def _imports(living: Living) -> None:
    """Files of six conversations, each file with a number of its own."""
    for number in count():
        batch = f"{living.name}-{number}"
        file = tuple(feedback(ROUND, author, BOSS, f"{batch} {PRAISE}") for author in TEAM)
        import_conversations(living.store, file)
        living.tell("imported", batch)


def _talks(living: Living) -> None:
    """Reflections of three turns each, sent at the end; what an earlier life began is gone on with."""
    engine, viewer = EmbeddedEngine.load(load_knowledge(KNOWLEDGE)), person(BOSS)
    for number in count():
        new = uuid.uuid4().hex
        held = begin(living.store, engine, viewer, ROUND, ConversationKind.REFLECTION, None, new, NOON)
        for turn in range(3):
            list(answer(living.store, engine, viewer, held.id))
            with living.store.work() as work:
                place = len(work.conversations.get(held.id, viewer).messages)
            said = f"{living.name}-{number}-{turn} {SAID}"
            say(living.store, viewer, held.id, place, said)
            living.tell("said", said)
        send(living.store, engine, viewer, held.id)
        living.tell("sent", held.id)


def _erases(living: Living) -> None:
    """People who come, say something, and are erased."""
    for number in count():
        email = f"e{living.name}-{number}@acme.example"
        import_people(living.store, [Person(email, "Eve", BOSS)])
        import_conversations(living.store, (feedback(ROUND, email, BOSS, f"{email} {PRAISE}"),))
        living.tell("there", email, *keys_of(living.home, "owner", email))
        erase(living.store, email)
        living.tell("erased", email)


def _publishes(living: Living) -> None:
    """The report of a manager, made again and again, and followed by the index."""
    knowledge = load_knowledge(KNOWLEDGE)
    engine = EmbeddedEngine.load(knowledge)
    index = ChromaIndex.open(living.home, engine.fingerprint)
    while True:
        analyse(living.store, engine, knowledge, ROUND, LEAD)
        living.tell("published")
        follow(living.store, index, engine)
        living.tell("followed")


def _lets_words_go(living: Living) -> None:
    """Rounds that closed long ago, with a report that quotes its manager."""
    for number in count():
        key = f"old-{living.name}-{number}"
        open_round(living.store, key, NOON)
        import_conversations(living.store, tuple(feedback(key, author, BOSS, PRAISE) for author in TEAM))
        with living.store.work() as work:
            work.reports.save(a_report(BOSS, a_finding(), round_key=key, claims=(a_claim(text=SAID),)))
        close_round(living.store, key, NOON)
        living.tell("closed", key, *keys_of(living.home, "round_key", key))
        keep_up(living.store, RETENTION_IS_OVER, 90)
        living.tell("deleted", key)


def _rotates(living: Living) -> None:
    """A new master key each time."""
    keyring = SqliteKeyring.open(living.home)
    while True:
        with living.store.work():
            keyring.rotate()
        living.tell("rotated")


LIVES: dict[str, Callable[[Living], None]] = {
    "import": _imports,
    "talk": _talks,
    "erase": _erases,
    "publish": _publishes,
    "let words go": _lets_words_go,
    "rotate": _rotates,
}
