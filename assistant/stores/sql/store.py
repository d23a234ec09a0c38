"""The source of truth in one SQLite file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from assistant.ports.keyring import Keyring
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.sql.commitments import SqlCommitments
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.database import empty_journal, has_erased, make_engine, prepare_folder
from assistant.stores.sql.erasing import abandon_lost_keys, finish_erasures, require_keys
from assistant.stores.sql.faults import busy, in_words
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.migrating import bring_up_to_date
from assistant.stores.sql.outbox import SqlOutbox
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys
from assistant.stores.sql.privacy import SqlPrivacy
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.reader_log import SqlReaderLog
from assistant.stores.sql.reports import SqlReports
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.schedule import SqlSchedule
from assistant.stores.sql.sign_in import SqlSignIn
from assistant.stores.sql.statements import SqlStatements
from assistant.stores.sql.turnstile import Turnstile
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
    privacy: SqlPrivacy
    publications: SqlPublications
    reports: SqlReports
    commitments: SqlCommitments
    sign_in: SqlSignIn
    reader_log: SqlReaderLog
    usage: SqlUsage
    index_queue: SqlIndexQueue
    outbox: SqlOutbox
    schedule: SqlSchedule
    keys: SqlPersonKeys

    @classmethod
    def on(cls, connection: Connection, keyring: Keyring) -> SqlWork:
        """All parts on one connection, with the keys of one keyring."""
        keys = SqlPersonKeys(connection, keyring)
        queue = SqlIndexQueue(connection)
        people = SqlPeople(connection)
        publications = SqlPublications(connection, keys)
        rounds = SqlRounds(connection, people, publications)
        conversations = SqlConversations(connection, keys)
        corrections = SqlCorrections(connection, conversations, keys)
        return cls(
            people=people,
            rounds=rounds,
            conversations=conversations,
            statements=SqlStatements(connection, conversations, corrections, keys),
            corrections=corrections,
            privacy=SqlPrivacy(connection, conversations),
            publications=publications,
            reports=SqlReports(connection, people, rounds, publications, queue, keys),
            commitments=SqlCommitments(connection, keys),
            sign_in=SqlSignIn(connection),
            reader_log=SqlReaderLog(connection),
            usage=SqlUsage(connection),
            index_queue=queue,
            outbox=SqlOutbox(connection, people, rounds, keys),
            schedule=SqlSchedule(connection),
            keys=keys,
        )


class SqlStore:
    """The store under a home folder; safe to share between threads."""

    def __init__(self, path: Path, engine: Engine, patience: float, keyring: Keyring) -> None:
        self._path = path
        self._engine = engine
        self._patience = patience
        self._keyring = keyring
        self._turnstile = Turnstile()
        self._has_to_finish_erasures = False

    @classmethod
    def open(cls, home: Path, patience: float = PATIENCE, keyring: Keyring | None = None) -> SqlStore:
        """Open the store under ``home``, making or updating it as needed, and finish erasures that were broken off.

        ``patience`` is how many seconds a transaction waits for another one. Without a keyring it is the one under
        ``home``, with the master key beside it. Raises Busy where another process is preparing the same store for
        longer than that, and Broken where the folder cannot be written, a key is missing, or the file is no database,
        is damaged, or comes from a newer version.
        """
        keyring = keyring or SqliteKeyring.open(home)
        path = prepare_folder(home)
        engine = make_engine(path, patience)
        try:
            with in_words(path):
                require_keys(engine, path, keyring)
                keyring.make_ready()
                bring_up_to_date(engine, path, patience, keyring)
                finish_erasures(engine, keyring)
        except BaseException:
            engine.dispose()
            raise
        return cls(path, engine, patience, keyring)

    @classmethod
    def abandon_lost_keys(cls, home: Path, keyring: Keyring) -> int:
        """Give up what is locked with keys that are missing, so that the rest can be opened; how many keys it is.

        What they had locked is deleted for good, also if the keys are found again. Raises like :meth:`open`.
        """
        path = prepare_folder(home)
        engine = make_engine(path, PATIENCE)
        try:
            with in_words(path):
                lost = abandon_lost_keys(engine, keyring)
        finally:
            engine.dispose()
        cls.open(home, keyring=keyring).close()
        return lost

    @contextmanager
    def work(self) -> Iterator[SqlWork]:
        """Begin a transaction; see :class:`assistant.ports.store.Work`.

        Raises Busy where another one does not end in time, Broken where the file is damaged or cannot be written.
        """
        with self._own_turn(), in_words(self._path):
            with self._engine.begin() as connection:
                work = SqlWork.on(connection, self._keyring)
                yield work
                work.keys.keep_new()
                self._has_to_finish_erasures |= has_erased(connection)
            if self._has_to_finish_erasures:
                finish_erasures(self._engine, self._keyring)
                self._has_to_finish_erasures = not empty_journal(self._engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        """One thread at a time: SQLite's own waiting is by trying again and again, and lets some threads starve."""
        if not self._turnstile.enter(self._patience):
            raise busy()
        try:
            yield
        finally:
            self._turnstile.leave()
