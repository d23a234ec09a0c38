"""kill -9 at any point: nothing is half-written, nothing that was acknowledged is lost, nothing erased can be read."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.domain.access import OPERATOR, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.interview import InterviewState
from assistant.domain.organisation import Person
from assistant.domain.words import Speaker
from assistant.loop.conversations import import_conversations
from assistant.loop.organisation import import_people
from assistant.loop.rounds import open_round
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.sql.store import SqlStore, SqlWork
from tests.contract.lives import (
    BOSS,
    LEAD,
    LIVES,
    NOON,
    PRAISE,
    ROUND,
    TEAM,
    WORD,
    feedback,
    live,
)

LIVES_OF_EACH_KIND = 9
MOST_DONE = 4
"""A reflection is sent after its third turn, which makes it the fourth thing that is told."""
LONGEST_START = 120
PRELOADED = ["alembic.command", "assistant.stores.sql.store", "chromadb", "numpy", "onnxruntime", "tokenizers"]
REPOSITORY = Path(__file__).parents[2]


@dataclass
class Acknowledged:
    """What processes were told is done, before they were killed."""

    imported: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    there: dict[str, set[str]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    closed: dict[str, set[str]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    published: int = 0

    def hear(self, what: str, *more: str) -> None:
        """Take one of the things in."""
        match what:
            case "imported" | "sent" | "erased" | "deleted":
                getattr(self, what).add(more[0])
            case "said":
                self.said.append(more[0])
            case "there" | "closed":
                getattr(self, what)[more[0]] = set(more[1:])
            case "published":
                self.published += 1


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A manager with a team that has answered, and one whose team is about to."""
    home = tmp_path / "home"
    store = SqlStore.open(home)
    people = [Person(BOSS, "Bo", None), Person(LEAD, "Lea", BOSS), *(Person(email, "Pat", LEAD) for email in TEAM)]
    import_people(store, people)
    open_round(store, ROUND, NOON)
    import_conversations(store, tuple(feedback(ROUND, email, LEAD, PRAISE) for email in TEAM))
    store.close()
    return home


def end_by_force(kind: str, home: Path, number: int, chance: random.Random, heard: Acknowledged) -> None:
    """Let a process live, and kill it at a random moment of what it is doing, each time after more that is done."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("forkserver").Process(target=live, args=(kind, home, f"{number}", theirs))
    process.start()
    theirs.close()
    assert ours.poll(LONGEST_START), f"the process that was to {kind} did not start"
    assert ours.recv() == ("ready",)
    lasted = _hear_some(ours, number % (MOST_DONE + 1), heard)
    deadline = time.monotonic() + chance.uniform(0, lasted)
    while (left := deadline - time.monotonic()) > 0 and ours.poll(left):
        heard.hear(*ours.recv())
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"the process that was to {kind} ended by itself"
    _hear_the_rest(ours, heard)


def _hear_some(ours, many: int, heard: Acknowledged) -> float:
    """Hear so many things that are done; how long the last one took (seconds)."""
    lasted = 0.1
    for _ in range(many):
        began = time.monotonic()
        assert ours.poll(LONGEST_START)
        heard.hear(*ours.recv())
        lasted = time.monotonic() - began
    return lasted


def _hear_the_rest(ours, heard: Acknowledged) -> None:
    """What was told before the end still counts."""
    try:
        while True:
            heard.hear(*ours.recv())
    except EOFError:
        ours.close()


def check(home: Path, heard: Acknowledged) -> None:
    """Open the store as the next process would, and look at everything that was acknowledged."""
    store = SqlStore.open(home)
    keys = SqliteKeyring.open(home).kept()
    with store.work() as work:
        said = {email: work.conversations.by_author(email, person(email)) for email in (BOSS, *TEAM)}
        _check_imports([held for email in TEAM for held in said[email]], heard)
        _check_talks(work, said[BOSS], heard)
        _check_erasures(work, keys, heard)
        _check_reports(work, home, heard)
        _check_retention(work, keys, heard)
    store.close()


def _check_imports(held: list[Conversation], heard: Acknowledged) -> None:
    """A file is there as a whole, or not at all."""
    batches = Counter(c.messages[1].content.split()[0] for c in held if c.about == BOSS and c.round_key == ROUND)
    assert set(batches.values()) <= {len(TEAM)}
    assert heard.imported <= set(batches)


def _check_talks(work: SqlWork, held: tuple[Conversation, ...], heard: Acknowledged) -> None:
    """Every message that was taken is there once, turns follow each other, and what was sent is sent."""
    written = Counter(words for conversation in held for _, words in conversation.said)
    assert set(written.values()) <= {1}
    assert set(heard.said) <= set(written)
    for conversation in held:
        roles = [message.role for message in conversation.messages]
        assert roles == [Speaker.USER if n % 2 else Speaker.ASSISTANT for n in range(len(roles))]
        assert isinstance(work.conversations.state(conversation.id, person(BOSS)), InterviewState)
    assert heard.sent <= {c.id for c in held if c.state is ConversationState.SENT}


def _check_erasures(work: SqlWork, keys: frozenset[str], heard: Acknowledged) -> None:
    """Somebody is there with all they said, or gone with the keys to it."""
    known = work.people.organisation().people
    for email, own_keys in heard.there.items():
        spoken = work.conversations.by_author(email, person(email))
        if email in known:
            assert email not in heard.erased
            assert (len(spoken), own_keys <= keys) == (1, True)
        else:
            assert (spoken, own_keys & keys) == ((), set())


def _check_reports(work: SqlWork, home: Path, heard: Acknowledged) -> None:
    """A report that was published is there, with exactly its findings."""
    report = work.reports.get(LEAD, ROUND, OPERATOR)
    assert report is not None or not heard.published
    with closing(sqlite3.connect(home / "value-loop.sqlite3")) as file:
        rows = [id_ for (id_,) in file.execute("SELECT id FROM finding WHERE manager = ? ORDER BY id", (LEAD,))]
    assert rows == sorted(finding.id for finding in (report.findings if report else ()))


def _check_retention(work: SqlWork, keys: frozenset[str], heard: Acknowledged) -> None:
    """A round has all that was said in it, quotes included, or nothing of it, and no key to it."""
    for key, round_keys in heard.closed.items():
        deleted = work.rounds.get(key).words_deleted_at is not None
        spoken = [work.conversations.by_author(email, person(email)) for email in TEAM]
        here = sum(held.round_key == key for some in spoken for held in some)
        report = work.reports.get(BOSS, key, OPERATOR)
        assert report is not None
        quotes = bool(report.claims[0].text)
        assert (here, quotes, round_keys <= keys) == ((0, False, False) if deleted else (len(TEAM), True, True))
        assert deleted or key not in heard.deleted
        assert not deleted or not round_keys & keys


def test_a_process_may_be_killed_at_any_point(home: Path) -> None:
    """Fifty-four processes are killed in the middle of six kinds of work; the next one finds everything in order."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    seed = random.SystemRandom().randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")  # shown where the test fails
    chance, heard = random.Random(seed), Acknowledged()  # noqa: S311 - when to kill is no secret
    for number in range(LIVES_OF_EACH_KIND):
        for kind in LIVES:
            end_by_force(kind, home, number, chance, heard)
            check(home, heard)
    assert all((heard.imported, heard.said, heard.sent, heard.erased, heard.deleted, heard.published))
    _is_sound(home)


def _is_sound(home: Path) -> None:
    """SQLite finds nothing wrong, doctor finds nothing wrong, and no file holds a word that anybody said."""
    for name in ("value-loop.sqlite3", "keys.sqlite3"):
        with closing(sqlite3.connect(home / name)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
    doctor = subprocess.run(
        [sys.executable, "-m", "assistant", "doctor", "--json"],
        env=environment | {"VALUE_LOOP_HOME": str(home), "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
    )
    assert [one for one in json.loads(doctor.stdout)["checks"] if not one["ok"]] == []
    assert [path.name for path in home.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()] == []
