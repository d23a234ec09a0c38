"""The database in which everything is kept, and what all kinds of them have in common."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine

from assistant.ports.handover import Marks
from assistant.ports.store import Duty

_ERASED = "words were erased"


class Database(Protocol):
    """One database, and all that its kind does in a way of its own."""

    @property
    def engine(self) -> Engine:
        """What makes connections; its transactions are begun by :meth:`begin` alone."""
        ...

    @property
    def place(self) -> str:
        """What it is called in sentences for whoever runs the installation; never a password."""
        ...

    @property
    def advice(self) -> str:
        """How to choose another one, as a sentence."""
        ...

    def turn(self) -> AbstractContextManager[None]:
        """Wait until this thread may begin a transaction; raises Busy where that takes too long."""
        ...

    def begin(self, about: Iterable[str] = ()) -> AbstractContextManager[Connection]:
        """A transaction: alone, or beside those that are ``about`` something else; see :class:`Store`."""
        ...

    def alone(self, duty: Duty) -> AbstractContextManager[None]:
        """Have a duty to oneself until the block ends, or the process; raises Busy where that takes too long."""
        ...

    def sending(self) -> AbstractContextManager[Marks]:
        """Have the right to send; see :class:`Store`."""
        ...

    def in_words(self) -> AbstractContextManager[None]:
        """Turn errors of the database into Busy or Broken; a mistake of ours surfaces as itself."""
        ...

    def preparing(self) -> AbstractContextManager[None]:
        """Whoever makes or changes the tables, one process at a time; raises Busy where that takes too long."""
        ...

    def is_set_up(self) -> bool:
        """Whether the database itself, apart from its tables, is as it has to be."""
        ...

    def set_up(self) -> None:
        """Make it so."""
        ...

    def tables(self) -> list[str]:
        """The names of all tables in it, ours or not."""
        ...

    def finish_tables(self, connection: Connection) -> None:
        """What is to be done after tables were made or changed, in the same transaction."""
        ...

    def wipe(self) -> bool:
        """See to it that nothing is left of what was deleted; False where somebody is in the way, to try again."""
        ...


def note_erasure(connection: Connection) -> None:
    """Remember that this transaction takes somebody's words away."""
    connection.info[_ERASED] = True


def has_erased(connection: Connection) -> bool:
    """Whether this transaction has taken somebody's words away."""
    return _ERASED in connection.info


def forget_erasure(connection: Connection) -> None:
    """A new transaction begins on this connection, which has taken nothing away so far."""
    connection.info.pop(_ERASED, None)


def ask(engine: Engine, question: str) -> list[str]:
    """The first column of an answer, asked outside of any transaction."""
    held = engine.raw_connection()
    try:
        cursor = held.cursor()
        cursor.execute(question)
        return [str(row[0]) for row in cursor.fetchall()]
    finally:
        held.close()
