"""All that is kept, in one transaction at a time."""

from __future__ import annotations

from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol

from assistant.ports.commitments import Commitments
from assistant.ports.conversations import Conversations
from assistant.ports.corrections import Corrections
from assistant.ports.handover import Marks
from assistant.ports.index_queue import IndexQueue
from assistant.ports.outbox import Outbox
from assistant.ports.own_cards import OwnCards
from assistant.ports.people import People
from assistant.ports.person_keys import PersonKeys
from assistant.ports.privacy import Privacy
from assistant.ports.publications import Publications
from assistant.ports.reader_log import ReaderLog
from assistant.ports.reports import Reports
from assistant.ports.rounds import Rounds
from assistant.ports.schedule import Schedule
from assistant.ports.sign_in import SignIn
from assistant.ports.statements import Statements
from assistant.ports.usage import Usage


class Duty(StrEnum):
    """What is done by one at a time, however many processes share a store."""

    FOLLOW_INDEX = "follow-index"
    SENDING = "sending"


class Work(Protocol):
    """One transaction: kept whole when its ``with`` block ends, not at all when an error leaves the block."""

    @property
    def people(self) -> People:
        """People and the reporting line."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Rounds and who was asked."""
        ...

    @property
    def conversations(self) -> Conversations:
        """What was said."""
        ...

    @property
    def statements(self) -> Statements:
        """What was read in it."""
        ...

    @property
    def corrections(self) -> Corrections:
        """What its authors say of that."""
        ...

    @property
    def privacy(self) -> Privacy:
        """What its authors were told before."""
        ...

    @property
    def publications(self) -> Publications:
        """Which of its versions were seen."""
        ...

    @property
    def reports(self) -> Reports:
        """What came of it."""
        ...

    @property
    def commitments(self) -> Commitments:
        """What managers have taken on."""
        ...

    @property
    def sign_in(self) -> SignIn:
        """Links and sessions."""
        ...

    @property
    def reader_log(self) -> ReaderLog:
        """Who looked."""
        ...

    @property
    def usage(self) -> Usage:
        """What calls to a language model used."""
        ...

    @property
    def index_queue(self) -> IndexQueue:
        """What the vector index has yet to follow."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What is to be sent."""
        ...

    @property
    def schedule(self) -> Schedule:
        """Rounds that open by themselves."""
        ...

    @property
    def own_cards(self) -> OwnCards:
        """Practice cards of the organisation's own."""
        ...

    @property
    def keys(self) -> PersonKeys:
        """What people's words are locked with."""
        ...


class Store(Protocol):
    """The source of truth."""

    @property
    def place(self) -> str:
        """Where everything is kept, in words for whoever runs the installation; never a password."""
        ...

    def work(self, *about: str) -> AbstractContextManager[Work]:
        """Begin a transaction, which is alone: nobody else is in one until it ends.

        One that names what it is ``about`` may be beside others that are about something else, and beside none that
        is alone. It changes only what belongs to what it names, and rests on nothing else but what only transactions
        that are alone change, such as rounds and people.
        """
        ...

    def check(self) -> None:
        """Look whether it answers and is up to date, without waiting for anybody; raises Busy or Broken where not."""
        ...

    def alone(self, duty: Duty) -> AbstractContextManager[None]:
        """Do a duty that nobody else does meanwhile, in no thread and no process; raises Busy where one does."""
        ...

    def sending(self) -> AbstractContextManager[Marks]:
        """Have the right to send until the block ends, or the process; raises Busy at once where another one has it."""
        ...
