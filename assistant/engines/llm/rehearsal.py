"""A rehearsal: each call that would be made is counted and none is made; the embedded engine gives what comes of it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Knowledge
from assistant.domain.narration import Narration, Outline
from assistant.domain.statements import Reading, Statement, Topic
from assistant.domain.usage import Sums
from assistant.engines.embedded.settled import with_settled
from assistant.engines.llm.answers import Matched, Read, Reported
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.matching import PROMPT as MATCHING
from assistant.engines.llm.matching import grouped
from assistant.engines.llm.model import Model
from assistant.engines.llm.narrator import PROMPT as WORDING
from assistant.engines.llm.narrator import SUMMARY, Narrated
from assistant.engines.llm.reader import PROMPTS as READING
from assistant.engines.llm.usage import LedgerInMemory
from assistant.ports.engine import Engine

A_TEXT, A_SUMMARY = 40, 150
"""Tokens of texts that are as long as the prompt asks for, with their ids. Models that think before take more."""

A_MATCH = 7
"""Tokens of the match of one statement. About every second lone one has a match."""


class LlmRehearsal(LlmEngine):
    """See :class:`assistant.ports.engine.Rehearsal`. Of ``model`` nothing is asked; it counts."""

    def __init__(self, model: Model, embedded: Engine, knowledge: Knowledge, sends_to: str, narrated: Narrated) -> None:
        self._ledger = LedgerInMemory()
        super().__init__(model.kept_in(self._ledger), embedded, knowledge, sends_to, narrated=narrated)

    @property
    def would_use(self) -> Sums:
        """All calls so far that would have been made, and what they would have used."""
        return self._ledger.used

    def read(self, conversation: Conversation) -> Reading:
        """What the embedded engine reads; counted are the calls, with an answer that marks just that."""
        reading = self._embedded.read(conversation)
        requests = self._reader.requests(conversation)
        answer = self._model.count(_as_marked(reading))
        for values in requests:
            self._model.rehearsed(READING[conversation.kind], Read, answer // len(requests), **values)
        return reading

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """Every statement under the behaviour it was read as; counted are the calls that would match lone ones."""
        for values in self._matcher.requests(statements):
            lone = values["statements"].count("\n") + 1
            self._model.rehearsed(MATCHING, Matched, A_MATCH * lone // 2, **values)
        return with_settled(grouped(statements, {}, self._knowledge.behaviours), statements)

    def narrate(self, outline: Outline) -> Narration:
        """The embedded engine's words; counted are the calls, and a finding that was worded is not worded again."""
        for values in self._narrator.requests(outline):
            wanted = values["wanted"].split(", ")
            tokens = A_TEXT * len(wanted) + (A_SUMMARY - A_TEXT) * (SUMMARY in wanted)
            self._model.rehearsed(WORDING, Reported, tokens, **values)
        narration = self._embedded.narrate(outline)
        self._narrator.remember(outline, {id_: written.text for id_, written in narration.findings.items()})
        return narration


def _as_marked(reading: Reading) -> str:
    """A reading as a model would answer it."""
    statements = [{"quote": s.text, "mark": _mark(s)} for s in reading.statements]
    return json.dumps({"statements": statements, "language": "en", "unclear": 0}, separators=(",", ":"))


def _mark(statement: Statement) -> str:
    mark = f"{statement.stance} {statement.behaviour} 9"
    return f"{mark} {statement.signal}" if statement.signal else mark
