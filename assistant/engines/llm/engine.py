"""The language-model engine: a model where it is better, and the embedded engine wherever that fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog

from assistant.domain.authorship import Written
from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Adjustment, Example, Measurement
from assistant.domain.errors import BadAnswer, NoAnswer, NotSet
from assistant.domain.inquiry import Askable, Query
from assistant.domain.interview import Heard, Setting, Turn
from assistant.domain.knowledge import Knowledge, Practice
from assistant.domain.narration import Narration, Outline
from assistant.domain.report import Finding
from assistant.domain.statements import Reading, Statement, Topic
from assistant.engines.embedded.settled import with_settled
from assistant.engines.llm.analyst import PROMPT as UNDERSTANDING
from assistant.engines.llm.analyst import LlmAnalyst
from assistant.engines.llm.answers import Matched, Tried
from assistant.engines.llm.earlier import Earlier
from assistant.engines.llm.embeddings import Embedder
from assistant.engines.llm.interviewer import LlmInterviewer
from assistant.engines.llm.matching import PROMPT as MATCHING
from assistant.engines.llm.matching import LlmMatcher
from assistant.engines.llm.model import Model
from assistant.engines.llm.narrator import PROMPT as WORDING
from assistant.engines.llm.narrator import SUMMARY, LlmNarrator, Narrated
from assistant.engines.llm.reader import PROMPTS as READING
from assistant.engines.llm.reader import LlmReader
from assistant.engines.llm.sceptic import LlmSceptic
from assistant.ports.engine import Engine, Rehearsal
from assistant.ports.interviewer import Turned

T = TypeVar("T")


class LlmEngine:
    """Implements :class:`assistant.ports.engine.Engine`; ``embedded`` stands in wherever the model gives no answer.

    ``sends_to`` names the host to which words are sent. Vectors are the embedded ones unless there is an ``embedder``.
    """

    def __init__(
        self,
        model: Model,
        embedded: Engine,
        knowledge: Knowledge,
        sends_to: str,
        embedder: Embedder | None = None,
        narrated: Narrated | None = None,
    ) -> None:
        self._model, self._embedded, self._knowledge, self._host = model, embedded, knowledge, sends_to
        self._embedder = embedder
        self._narrated: Narrated = {} if narrated is None else narrated
        self._reader = LlmReader(model, knowledge.behaviours)
        self._matcher = LlmMatcher(model, knowledge.behaviours)
        self._interviewer = LlmInterviewer(model, embedded, sends_to, Earlier(embedded.likely, knowledge.behaviours))
        self._narrator = LlmNarrator(model, knowledge, self._narrated)
        self._analyst = LlmAnalyst(model, knowledge.behaviours)

    @property
    def name(self) -> str:
        """``openai:`` and the model for daily use."""
        return f"openai:{self._model.name}"

    @property
    def reads_as(self) -> str:
        """The name and the prompts of the reading, so that a changed prompt reads anew."""
        return f"{self.name} {'+'.join(str(self._model.prompt(name)) for name in READING.values())}"

    @property
    def reads_at_once(self) -> int:
        """As many as calls may go out at the same time."""
        return self._model.at_once

    @property
    def sends_to(self) -> str:
        """The host of the model."""
        return self._host

    @property
    def fingerprint(self) -> str:
        """What makes the vectors."""
        return (self._embedder or self._embedded).fingerprint

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """The embedder's, which raises NoAnswer; nothing stands in, as vectors of two models are never mixed."""
        return (self._embedder or self._embedded).vectors(texts)

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """The embedder's; the embedded engine's where that fails."""
        if self._embedder is None:
            return self._embedded.alike(text, others)
        try:
            return self._embedder.alike(text, others)
        except NoAnswer as failed:
            structlog.get_logger().warning("compared_by_embedded_vectors", error=type(failed).__name__)
            return self._embedded.alike(text, others)

    def is_serious(self, text: str) -> bool:
        """The embedded engine's: what tells of a serious matter is to reach no model."""
        return self._embedded.is_serious(text)

    def hear(self, text: str, setting: Setting) -> Heard:
        """The embedded engine's: what somebody wishes is heard by rules."""
        return self._embedded.hear(text, setting)

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Turned:
        """See :class:`LlmInterviewer`."""
        return self._interviewer.word(turn, setting, history)

    def read(self, conversation: Conversation) -> Reading:
        """See :class:`LlmReader`; where the model fails the embedded engine reads, and the reading says so."""
        return self._or_else(
            READING[conversation.kind],
            lambda: self._reader.read(conversation),
            lambda: replace(self._embedded.read(conversation), stand_in=self._embedded.name),
        )

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """See :class:`LlmMatcher`; what authors have settled is put where they say it belongs."""
        found = self._or_else(
            MATCHING, lambda: self._matcher.topics(statements), lambda: self._embedded.topics(statements)
        )
        return with_settled(found, statements)

    def likely(self, text: str) -> tuple[str, ...]:
        """The embedded engine's."""
        return self._embedded.likely(text)

    def measure(self, examples: Sequence[Example]) -> Measurement:
        """The embedded engine's: corrections teach it, and not the model."""
        return self._embedded.measure(examples)

    def adjusted(self, examples: Sequence[Example], use: Adjustment) -> LlmEngine:
        """This engine over an embedded one that has learned; the model's own readings stay, and so does the name."""
        learned = self._embedded.adjusted(examples, use)
        if learned is self._embedded:
            return self
        return LlmEngine(self._model, learned, self._knowledge, self._host, self._embedder, self._narrated)

    def of_round(self, key: str) -> LlmEngine:
        """This engine, whose calls are counted for this round and held against its budget."""
        model = self._model.of_round(key)
        return LlmEngine(model, self._embedded, self._knowledge, self._host, self._embedder, self._narrated)

    def narrate(self, outline: Outline) -> Narration:
        """See :class:`LlmNarrator`; each text that it does not have is the embedded engine's."""
        texts, instead = self._narrator.texts(outline), self._embedded.narrate(outline)
        author = self._model.author(WORDING)
        chosen = {id_: Written(text, author) for id_, text in texts.items()}
        missing = {SUMMARY, *instead.findings, *instead.reasons} - chosen.keys()
        self._model.stood_in(WORDING, len(missing))
        return Narration(
            {id_: chosen.get(id_, written) for id_, written in instead.findings.items()},
            {id_: chosen.get(id_, written) for id_, written in instead.reasons.items()},
            chosen.get(SUMMARY, instead.summary),
        )

    def rank(self, finding: Finding, practices: Sequence[Practice]) -> tuple[Practice, ...]:
        """The embedded engine's: cards are chosen by use and behaviour, which needs no model."""
        return self._embedded.rank(finding, practices)

    def understand(self, question: str, askable: Askable) -> Query:
        """See :class:`LlmAnalyst`."""
        by_rules = self._embedded.understand(question, askable)
        return self._or_else(
            UNDERSTANDING, lambda: self._analyst.understand(question, askable, by_rules), lambda: by_rules
        )

    @property
    def sceptic(self) -> LlmSceptic:
        """The model's."""
        return LlmSceptic(self._model)

    def try_out(self) -> None:
        """One small real call of each model. Raises NoAnswer, saying what to mend."""
        try:
            self._model.ask("try-model", Tried)
            if self._model.careful_name != self._model.name:
                self._model.ask(MATCHING, Matched, topics="", statements="")
        except BadAnswer as bad:
            raise NotSet(f"The model answers, but not in the form it is asked for (json_schema). {bad}") from None
        if self._embedder is not None:
            self._try_out_vectors(self._embedder)

    def _try_out_vectors(self, embedder: Embedder) -> None:
        try:
            embedder.vectors(["All is well."])
        except NoAnswer as failed:
            raise type(failed)(f"Its embeddings ({embedder.fingerprint}) cannot be used. {failed}") from None

    def rehearsed(self) -> Rehearsal:
        """This engine in a rehearsal: see :class:`assistant.engines.llm.rehearsal.LlmRehearsal`."""
        from assistant.engines.llm.rehearsal import LlmRehearsal  # which is an engine like this one

        return LlmRehearsal(self._model, self._embedded, self._knowledge, self._host, narrated=dict(self._narrated))

    def _or_else(self, prompt: str, model: Callable[[], T], embedded: Callable[[], T]) -> T:
        try:
            return model()
        except NoAnswer as failed:
            structlog.get_logger().warning("embedded_engine_stands_in", prompt=prompt, error=type(failed).__name__)
            self._model.stood_in(prompt)
            return embedded()
