"""A rehearsal: each call that would be made is counted and none is made; the embedded engine gives what comes of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from assistant.domain.conversation import Conversation
from assistant.domain.errors import BadAnswer
from assistant.domain.knowledge import Knowledge
from assistant.domain.statements import Reading
from assistant.domain.usage import Sums, Used
from assistant.engines.llm.answers import Matched
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.matching import PROMPT as MATCHING
from assistant.engines.llm.model import Model
from assistant.engines.llm.narrator import FINDING, REASON, SUMMARY, Narrated
from assistant.engines.llm.reader import PROMPT as READING
from assistant.engines.llm.usage import LedgerInMemory
from assistant.ports.engine import Engine

T = TypeVar("T", bound=BaseModel)

TYPICAL_WORDS = {FINDING: 35, SUMMARY: 140, REASON: 30}
"""Tokens of an answer in words that is as long as its prompt asks for. Models that think before take more."""

A_MATCH = 14
"""Tokens of the match of one statement, and the same once more for what stands around them."""


class CountedModel(Model):
    """A model that counts what it is asked, and is never there."""

    def __init__(self, model: Model) -> None:
        self.ledger = LedgerInMemory()
        account = model._account.kept_in(self.ledger)
        super().__init__(model._chats, model._prompts, model._guard, account, model._context, model._count)
        self._worded: set[tuple[str, ...]] = set()

    def ask(self, name: str, answer: type[T], **values: str) -> T:
        """Count the call. An answer that may be empty is; for any other raises BadAnswer."""
        if name == MATCHING:
            self.count_call(name, A_MATCH * (1 + values["statements"].count("\n") + 1), values)
            return answer.model_validate(Matched(matches=[]).model_dump())
        told = (name, *values.values())
        if name != FINDING or told not in self._worded:  # the same finding is worded once
            self.count_call(name, TYPICAL_WORDS[name], values)
        self._worded.add(told)
        raise BadAnswer("In a rehearsal nothing is asked.")

    def count_call(self, name: str, tokens_out: int, values: Mapping[str, str]) -> None:
        """Count one call of this prompt, with an answer of so many tokens."""
        sent = self._context - self.room(name, **values)
        self._account.note(self.prompt(name), self.model_of(name), Used(calls=1, tokens_in=sent, tokens_out=tokens_out))

    def stood_in(self, name: str) -> None:
        """Nobody really stands in."""


class LlmRehearsal(LlmEngine):
    """See :class:`assistant.ports.engine.Rehearsal`."""

    def __init__(self, model: Model, embedded: Engine, knowledge: Knowledge, sends_to: str, narrated: Narrated) -> None:
        self._counted = CountedModel(model)
        super().__init__(self._counted, embedded, knowledge, sends_to, narrated=narrated)

    @property
    def would_use(self) -> Sums:
        """All calls so far that would have been made, and what they would have used."""
        return self._counted.ledger.used

    def read(self, conversation: Conversation) -> Reading:
        """What the embedded engine reads; counted are the calls, with an answer that marks just that."""
        reading = self._embedded.read(conversation)
        requests = self._reader.requests(conversation)
        answer = self._counted.count(_as_marked(reading))
        for values in requests:
            self._counted.count_call(READING, answer // len(requests), values)
        return reading


def _as_marked(reading: Reading) -> str:
    """A reading as a model would answer it."""
    statements = [
        {
            "quote": statement.text,
            "stance": statement.stance.value,
            "behaviour": statement.behaviour,
            "signal": statement.signal.value if statement.signal else "none",
            "sureness": 0.9,
        }
        for statement in reading.statements
    ]
    return json.dumps({"language": "en", "statements": statements, "unclear": 0})
