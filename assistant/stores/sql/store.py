"""The source of truth in SQL: one SQLite file, or a PostgreSQL database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from assistant.domain.errors import Broken
from assistant.ports.handover import Marks
from assistant.ports.keyring import Keyring
from assistant.ports.store import Duty
from assistant.stores.backup import putting_back
from assistant.stores.home_folder import make_home
from assistant.stores.keys.keyring import SqliteKeyring
from assistant.stores.own_cards_file import bring_in
from assistant.stores.sql.commitments import SqlCommitments
from assistant.stores.sql.conversations import SqlConversations
from assistant.stores.sql.corrections import SqlCorrections
from assistant.stores.sql.database import Database, has_erased
from assistant.stores.sql.erasing import abandon_lost_keys, finish_erasures, require_keys
from assistant.stores.sql.index_queue import SqlIndexQueue
from assistant.stores.sql.migrating import bring_up_to_date, is_up_to_date
from assistant.stores.sql.outbox import SqlOutbox
from assistant.stores.sql.own_cards import SqlOwnCards
from assistant.stores.sql.people import SqlPeople
from assistant.stores.sql.person_keys import SqlPersonKeys
from assistant.stores.sql.privacy import SqlPrivacy
from assistant.stores.sql.publications import SqlPublications
from assistant.stores.sql.reader_log import SqlReaderLog
from assistant.stores.sql.reports import SqlReports
from assistant.stores.sql.rounds import SqlRounds
from assistant.stores.sql.schedule import SqlSchedule
from assistant.stores.sql.sign_in import SqlSignIn
from assistant.stores.sql.sqlite_file import FILE, SqliteFile
from assistant.stores.sql.statements import SqlStatements
from assistant.stores.sql.usage import SqlUsage

PATIENCE = 30.0
"""Seconds that a transaction waits for others: in a rush, a slow page is better than one that sends people away."""


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
    own_cards: SqlOwnCards
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
            own_cards=SqlOwnCards(connection),
            keys=keys,
        )


class SqlStore:
    """The store of an installation; safe to share between threads."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._has_to_finish_erasures = False
        self._has_to_wipe = False
        self._thread = threading.local()

    @classmethod
    def open(
        cls, home: Path, patience: float = PATIENCE, keyring: Keyring | None = None, url: str | None = None
    ) -> SqlStore:
        """Open the store, making or updating it as needed, and finish erasures and restores that broke off.

        It is the PostgreSQL database at ``url``, or a file under ``home``. ``patience`` is how many seconds a
        transaction waits for another one. Without a keyring it is the one under ``home``, with the master key beside
        it. Raises Busy where another process is preparing the same store for longer than that, and Broken where the
        folder cannot be written, the server does not answer, a key is missing, or the database is none, is damaged, or
        comes from a newer version.
        """
        keyring = keyring or SqliteKeyring.open(home)
        make_home(home)
        putting_back.finish(home, keyring, patience, lambda file: _put(file, home, url, keyring))
        database = database_at(home, url, patience)
        try:
            with database.in_words():
                require_keys(database, keyring)
                keyring.make_ready()
                bring_up_to_date(database, keyring)
                if finish_erasures(database, keyring):
                    database.wipe()
            store = cls(database, keyring)
            bring_in(home, store)
        except BaseException:
            database.engine.dispose()
            raise
        return store

    @classmethod
    def abandon_lost_keys(cls, home: Path, keyring: Keyring, url: str | None = None) -> int:
        """Give up what is locked with keys that are missing, so that the rest can be opened; how many keys it is.

        What they had locked is deleted for good, also if the keys are found again. Raises like :meth:`open`.
        """
        database = database_at(home, url, PATIENCE)
        try:
            with database.in_words():
                lost = abandon_lost_keys(database, keyring)
        finally:
            database.engine.dispose()
        cls.open(home, keyring=keyring, url=url).close()
        return lost

    @property
    def place(self) -> str:
        """Where everything is kept, in words; without a password."""
        return self._database.place

    @contextmanager
    def work(self, *about: str) -> Iterator[SqlWork]:
        """Begin a transaction; see :class:`assistant.ports.store.Store`.

        Raises Busy where another one does not end in time, Broken where the database is damaged, cannot be written or
        does not answer, and RuntimeError within another transaction of the same thread, which it would wait for.
        """
        database = self._database
        with self._no_other_in_this_thread(), database.turn(), database.in_words():
            with database.begin(about) as connection:
                work = SqlWork.on(connection, self._keyring)
                yield work
                work.keys.keep_new()
                self._has_to_finish_erasures |= has_erased(connection)
            if self._has_to_finish_erasures:
                finish_erasures(database, self._keyring)
                self._has_to_finish_erasures, self._has_to_wipe = False, True
            if self._has_to_wipe:
                self._has_to_wipe = not database.wipe()

    @contextmanager
    def _no_other_in_this_thread(self) -> Iterator[None]:
        if getattr(self._thread, "is_at_work", False):
            raise RuntimeError("A transaction was begun within another one of the same thread.")
        self._thread.is_at_work = True
        try:
            yield
        finally:
            self._thread.is_at_work = False

    def check(self) -> None:
        """See :class:`assistant.ports.store.Store`."""
        with self._database.in_words():
            if not is_up_to_date(self._database):
                raise Broken(f"{self.place} is not of this version of Value Loop. A new start brings it up to date.")

    @contextmanager
    def alone(self, duty: Duty) -> Iterator[None]:
        """See :class:`assistant.ports.store.Store`; where a process is killed, its duty is free."""
        with self._database.alone(duty):
            yield

    @contextmanager
    def sending(self) -> Iterator[Marks]:
        """See :class:`assistant.ports.store.Store`."""
        with self._database.sending() as marks:
            yield marks

    def close(self) -> None:
        """Let go of the database."""
        self._database.engine.dispose()


def database_at(home: Path, url: str | None, patience: float) -> Database:
    """The PostgreSQL database at ``url``, or the file under ``home``; nothing is prepared in it yet."""
    if url is None:
        return SqliteFile(home, patience)
    from assistant.stores.sql.postgresql import PostgresDatabase

    make_home(home)
    return PostgresDatabase(url, patience)


def _put(file: Path, home: Path, url: str | None, keyring: Keyring) -> None:
    """Have what a restore brings take the place of what is kept; on a server there has to be nothing before."""
    from assistant.stores.backup.server import copy_from_file
    from assistant.stores.backup.snapshot import put_database

    if url is None:
        put_database(file, home / FILE)
        return
    server = database_at(home, url, PATIENCE)
    try:
        copy_from_file(file, server, keyring)
    finally:
        server.engine.dispose()
