"""The source of truth in one SQLite file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.database import empty_journal, has_erased, make_engine, prepare_folder
from assistant.stores.sql.faults import busy, in_words
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.migrating import bring_up_to_date
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.reader_log import SqlReaderLog
from assistant.stores.sql.reports import SqlReports
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.sign_in import SqlSignIn
from assistant.stores.sql.statements import SqlStatements
from assistant.stores.sql.usage import SqlUsage

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class SqlWork:
    """One transaction, with everything that is kept; of no use after its ``with`` block."""

    people: SqlPeople
    rounds: SqlRounds
    conversations: SqlConversations
    statements: SqlStatements
    corrections: SqlCorrections
    reports: SqlReports
    sign_in: SqlSignIn
    reader_log: SqlReaderLog
    usage: SqlUsage
    index_queue: SqlIndexQueue

    @classmethod
    def on(cls, connection: Connection) -> SqlWork:
        """All parts on one connection."""
        queue = SqlIndexQueue(connection)
        rounds = SqlRounds(connection)
        conversations = SqlConversations(connection)
        corrections = SqlCorrections(connection, conversations)
        return cls(
            people=SqlPeople(connection),
            rounds=rounds,
            conversations=conversations,
            statements=SqlStatements(connection, conversations, corrections),
            corrections=corrections,
            reports=SqlReports(connection, rounds, queue),
            sign_in=SqlSignIn(connection),
            reader_log=SqlReaderLog(connection),
            usage=SqlUsage(connection),
            index_queue=queue,
        )


class SqlStore:
    """The store under a home folder; safe to share between threads."""

    def __init__(self, path: Path, engine: Engine, patience: float) -> None:
        self._path = path
        self._engine = engine
        self._patience = patience
        self._turn = threading.Lock()
        self._journal_holds_erased_words = False

    @classmethod
    def open(cls, home: Path, patience: float = PATIENCE) -> SqlStore:
        """Open the store under ``home``, making or updating it as needed.

        ``patience`` is how many seconds a transaction waits for another one. Raises Busy where another process is
        preparing the same store for longer than that, and Broken where the folder cannot be written, or the file is no
        database, is damaged, or comes from a newer version.
        """
        path = prepare_folder(home)
        engine = make_engine(path, patience)
        try:
            with in_words(path):
                bring_up_to_date(engine, path, patience)
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine, patience)

    @contextmanager
    def work(self) -> Iterator[SqlWork]:
        """Begin a transaction; see :class:`assistant.ports.store.Work`.

        Raises Busy where another one does not end in time, Broken where the file is damaged or cannot be written.
        """
        with self._own_turn(), in_words(self._path):
            with self._engine.begin() as connection:
                yield SqlWork.on(connection)
                erased = has_erased(connection)
            if erased or self._journal_holds_erased_words:
                self._journal_holds_erased_words = not empty_journal(self._engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        """One thread at a time: SQLite's own waiting is by trying again and again, and lets some threads starve."""
        if not self._turn.acquire(timeout=self._patience):
            raise busy()
        try:
            yield
        finally:
            self._turn.release()
