"""Watching what a process does, by kinds from closed sets: never whose it is, nor what was said in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Step(StrEnum):
    """What is watched.

    Nothing here tells a reflection from a feedback, nor one room from another: whoever sees the figures of a small
    organisation is not to learn when somebody answers about their manager.
    """

    PAGE = "page"
    QUESTION = "question"
    ANSWER = "answer"
    SIGN_IN = "sign_in"
    FORM = "form"
    FILE = "file"
    TRANSACTION = "transaction"
    UPKEEP = "upkeep"
    INDEX = "index"
    INDEX_QUERY = "index_query"
    INDEX_UPDATE = "index_update"
    SENDING = "sending"
    ANALYSIS = "analysis"
    PUBLICATION = "publication"


class Outcome(StrEnum):
    """How it went: refused is what a person can mend, failed what the operator or we can."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(slots=True)
class Ending:
    """How a step ends; whoever takes the step may say so. One that is left by an error has failed."""

    outcome: Outcome = Outcome.DONE


class Asked(StrEnum):
    """What a language model is called for.

    Talking is a turn of a conversation, a part in a rehearsal and the understanding of a leader's question alike, and
    no prompt is named: some of them are for one room alone, or for one side.
    """

    TALKING = "talking"
    READING = "reading"
    MATCHING = "matching"
    WORDING = "wording"
    REPAIRING = "repairing"
    TRYING = "trying"
    VECTORS = "vectors"


class CallEnd(StrEnum):
    """How a call ended: whoever waited for it had enough or was gone, a budget kept it back, or it failed for good."""

    DONE = "done"
    LEFT = "left"
    KEPT_BACK = "kept_back"
    FAILED = "failed"


class Telemetry(Protocol):
    """Watches steps and calls of a language model, if anybody wants to know."""

    def step(self, step: Step) -> AbstractContextManager[Ending]:
        """Watch a step until the block ends."""
        ...

    def call(self, asked: Asked) -> AbstractContextManager[None]:
        """Watch a call of a language model, with all its tries, until the block ends."""
        ...
