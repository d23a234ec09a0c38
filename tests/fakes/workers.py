"""Workers in processes of their own, on a round that is quick to read; they tell of each job that they begin."""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation, Message
from assistant.domain.errors import Busy
from assistant.domain.jobs import Job
from assistant.domain.notices import Channel
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.announcing import Announcer
from assistant.loop.conversations import import_conversations
from assistant.loop.jobs import Means, perform
from assistant.loop.organisation import import_people
from assistant.loop.rounds import close_round, open_round
from assistant.ports.index import Index
from assistant.stores.queue.queued_jobs import QueuedJobs
from assistant.stores.queue.worker import Rhythm, Worker
from assistant.stores.sql.store import SqlStore
from assistant.stores.sql.values import to_json
from tests.fakes.plain_engine import PlainEngine
from tests.fakes.reports import a_knowledge, a_practice

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUND = "2026-Q4"
TEAM = 4
RHYTHM = Rhythm(sign_of_life=0.3, taken_for_dead=3.0)
PRELOADED = ["assistant.stores.sql.store", "assistant.stores.queue.worker", "procrastinate", "numpy", __name__]
MARKS = ("goals+ listening-", "goals- *fear", "listening+ goals+", "goals-", "listening-")


def fill(store: SqlStore, managers: int) -> tuple[str, ...]:
    """A closed round of so many managers, each with a team that has answered; the managers' e-mails."""
    leads = tuple(f"lead{n:02}@acme.example" for n in range(managers))
    team = [(lead, f"p{n}.{lead}") for lead in leads for n in range(TEAM)]
    import_people(store, [Person(lead, f"Lead {n}", None) for n, lead in enumerate(leads)])
    import_people(store, [Person(email, f"P of {lead}", lead) for lead, email in team])
    open_round(store, ROUND, NOON)
    said = [_said(lead, lead, "goals= listening=", ConversationKind.REFLECTION, n) for n, lead in enumerate(leads)]
    answers = itertools.cycle(MARKS)
    said += [_said(author, lead, next(answers), ConversationKind.FEEDBACK, n) for n, (lead, author) in enumerate(team)]
    import_conversations(store, tuple(said))
    close_round(store, ROUND, NOON)
    return leads


def reports_of(store: SqlStore, leads: tuple[str, ...]) -> list[str]:
    """The reports as they are kept, unlocked, byte for byte."""
    with store.work() as work:
        return [to_json(work.reports.get(lead, ROUND, ANALYSIS)) for lead in leads]


@dataclass
class Running:
    """A worker that runs, and where it tells of each job that it begins."""

    process: BaseProcess
    told: Connection

    def begins(self, seconds: float) -> str | None:
        """Wait so long for it to begin a job; the job's name, or None where it did not."""
        try:
            return str(self.told.recv()) if self.told.poll(seconds) else None
        except EOFError:
            return None

    def all_that_it_begins(self, seconds: float) -> list[str]:
        """The names of the jobs that it begins until it ends, waiting so long for each."""
        begun: list[str] = []
        while self.told.poll(seconds):
            try:
                begun.append(self.told.recv())
            except EOFError:
                return begun
        raise TimeoutError(f"the worker has neither begun a job nor ended for {seconds} seconds")

    def kill(self) -> None:
        """End it by force, wherever it is."""
        self.process.kill()
        self.process.join()


def start(home: Path, url: str, until_idle: bool) -> Running:
    """Start a worker; whoever starts it ends it."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    told, tells = processes.Pipe(duplex=False)
    process = processes.Process(target=_work, args=(home, url, until_idle, tells), daemon=True)
    process.start()
    tells.close()
    return Running(process, told)


def means(store: SqlStore) -> Means:
    """What jobs are done with here: no model, an index that another process owns, and notices to nobody."""
    knowledge = a_knowledge(a_practice())
    return Means(
        store=store,
        engine=PlainEngine,
        knowledge=lambda: knowledge,
        index=_owned_elsewhere,
        announcer=Announcer(frozenset({Channel.MAIL, Channel.SLACK}), now=lambda: NOON),
        post=lambda: None,
        now=lambda: NOON,
        retention_days=90,
    )


@contextmanager
def _owned_elsewhere() -> Iterator[Index]:
    raise Busy("The index is owned by another process.")
    yield


def _work(home: Path, url: str, until_idle: bool, tells: Connection) -> None:
    store = SqlStore.open(home, url=url)
    held = means(store)

    def told(job: Job) -> tuple[Job, ...]:
        tells.send(job.name)
        return perform(job, held).after

    def failed(error: Exception) -> None:
        raise error

    Worker(QueuedJobs(url, store.place), told, failed, RHYTHM).run(until_idle=until_idle)


def _said(author: str, about: str, marks: str, kind: ConversationKind, number: int) -> Conversation:
    messages = (Message(Speaker.ASSISTANT, "What value is there?"), Message(Speaker.USER, marks))
    to = None if kind is ConversationKind.REFLECTION else about
    return Conversation(f"{kind.value}-{number}", ROUND, kind, author, to, messages)
