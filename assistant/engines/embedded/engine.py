"""The embedded engine: every skill, held together by one small trained model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from assistant.domain.authorship import Author, Written
from assistant.domain.conversation import Conversation, Message
from assistant.domain.corrections import Adjustment, Example, Measurement
from assistant.domain.inquiry import Askable, Query
from assistant.domain.interview import Heard, Setting, Turn
from assistant.domain.knowledge import Knowledge, Practice
from assistant.domain.narration import Narration, Outline
from assistant.domain.report import Finding, Suggestion
from assistant.domain.statements import Reading, Statement, Topic
from assistant.domain.usage import Sums
from assistant.domain.words import FindingKind
from assistant.engines.embedded.adjusting import AdjustedModel, Learner, fingerprint
from assistant.engines.embedded.adviser import EmbeddedAdviser
from assistant.engines.embedded.analyst import EmbeddedAnalyst
from assistant.engines.embedded.interviewer import EmbeddedInterviewer
from assistant.engines.embedded.model import LanguageModel
from assistant.engines.embedded.narrator import EmbeddedNarrator
from assistant.engines.embedded.question_reader import Guesses, QuestionReader
from assistant.engines.embedded.question_signs import words
from assistant.engines.embedded.reader import EmbeddedReader
from assistant.engines.embedded.serious import tells_of_serious_matter
from assistant.engines.embedded.settled import with_settled
from assistant.ports.interviewer import Turned


class EmbeddedEngine:
    """Implements :class:`assistant.ports.engine.Engine` without a key and without a network."""

    def __init__(self, model: LanguageModel, knowledge: Knowledge) -> None:
        self._model = model
        self._knowledge = knowledge
        self._reader = EmbeddedReader(model, knowledge.behaviours)
        self._adjustment = ""
        self._last_adjusted: EmbeddedEngine | None = None
        self._interviewer = EmbeddedInterviewer(self._reader.fundamentals_of)
        self._narrator = EmbeddedNarrator(knowledge.behaviours)
        self._analyst = EmbeddedAnalyst(self._reading_of, knowledge.behaviours)
        self._adviser = EmbeddedAdviser(self, knowledge)

    @classmethod
    def load(cls, knowledge: Knowledge) -> EmbeddedEngine:
        """Load the weights that come with the package; raises Broken where they are missing or damaged."""
        return cls(LanguageModel.load(), knowledge)

    @property
    def name(self) -> str:
        """``embedded:``, the version of the weights, and ``+c`` with six digits where an adjustment is in use."""
        return f"embedded:{self._model.version}{self._adjustment}"

    @property
    def reads_as(self) -> str:
        """The name: weights and adjustment decide how it reads."""
        return self.name

    @property
    def reads_at_once(self) -> int:
        """One: the model uses every core by itself."""
        return 1

    @property
    def sends_to(self) -> None:
        """Nowhere."""
        return

    @property
    def sceptic(self) -> None:
        """Nobody: it has the script and the likely questions, and no words to answer with."""
        return

    def try_out(self) -> None:
        """Turn a few words into a vector."""
        self.vectors(["All is well."])

    @property
    def fingerprint(self) -> str:
        """The version of the weights."""
        return self._model.version

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """Unit vectors of 384 numbers."""
        if not texts:
            return []
        rows: list[list[float]] = self._model.see(texts).vectors.tolist()
        return rows

    def alike(self, text: str, others: Sequence[str]) -> list[float]:
        """Cosines of the vectors."""
        if not others:
            return []
        near: list[float] = (self._model.see(others).vectors @ self._model.see([text]).vectors[0]).tolist()
        return near

    def is_serious(self, text: str) -> bool:
        """By signs in English; see :mod:`assistant.engines.embedded.serious`."""
        return tells_of_serious_matter(text)

    def hear(self, text: str, setting: Setting) -> Heard:
        """See :class:`EmbeddedInterviewer`."""
        return self._interviewer.hear(text, setting)

    def word(self, turn: Turn, setting: Setting, history: tuple[Message, ...]) -> Turned:
        """See :class:`EmbeddedInterviewer`."""
        yield from self._interviewer.word(turn, setting, history)
        return Author(self.name)

    def read(self, conversation: Conversation) -> Reading:
        """See :class:`EmbeddedReader`."""
        return self._reader.read(conversation)

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """See :class:`EmbeddedReader`; what authors have settled is put where they say it belongs."""
        return with_settled(self._reader.topics(statements), statements)

    def measure(self, examples: Sequence[Example]) -> Measurement:
        """See :class:`Learner`."""
        return Learner(self._model, examples).measure()

    def adjusted(self, examples: Sequence[Example], use: Adjustment) -> EmbeddedEngine:
        """An engine that reads by what was learned; it hears and asks as before. The one made last is kept."""
        adjustment = f"+c{fingerprint(examples, use)}" if examples else ""
        if adjustment == self._adjustment:
            return self
        made = self._last_adjusted
        if made is None or made._adjustment != adjustment:
            made = EmbeddedEngine(self._model, self._knowledge)
            seeing = AdjustedModel(self._model, Learner(self._model, examples).learned(use))
            made._reader, made._adjustment = EmbeddedReader(seeing, self._knowledge.behaviours), adjustment
            self._last_adjusted = made
        return made

    def of_round(self, key: str) -> EmbeddedEngine:  # noqa: ARG002 - no round changes it
        """Itself: it uses nothing that is counted."""
        return self

    def rehearsed(self) -> EmbeddedEngine:
        """Itself: it calls nothing."""
        return self

    @property
    def would_use(self) -> Sums:
        """Nothing."""
        return {}

    def likely(self, text: str) -> tuple[str, ...]:
        """The five behaviours that the model finds most probable."""
        probabilities = self._model.see([text]).behaviours[0]
        return tuple(self._model.labels.behaviours[i] for i in (-probabilities).argsort()[:5])

    def narrate(self, outline: Outline) -> Narration:
        """Findings and summary by :class:`EmbeddedNarrator`, reasons by :class:`EmbeddedAdviser`."""
        return Narration(
            findings={id_: self._by_me(text) for id_, text in self._findings(outline)},
            reasons={s.id: self._by_me(self._why(outline.finding_of(s), s)) for s in outline.suggestions},
            summary=self._by_me(self._narrator.summary(outline.manager, outline.findings, outline.climate)),
        )

    def rank(self, finding: Finding, practices: Sequence[Practice]) -> tuple[Practice, ...]:
        """See :class:`EmbeddedAdviser`."""
        return self._adviser.rank(finding, practices)

    def understand(self, question: str, askable: Askable) -> Query:
        """See :class:`EmbeddedAnalyst`."""
        return self._analyst.understand(question, askable)

    def _reading_of(self, question: str, signs: Collection[str]) -> Guesses:
        return self._question_reader.read(self._model.look_into(question), words(question), signs)

    @cached_property
    def _question_reader(self) -> QuestionReader:
        return QuestionReader.load(self._model.version)

    def _findings(self, outline: Outline) -> Iterator[tuple[str, str]]:
        told: Counter[tuple[FindingKind, str]] = Counter()
        for one in outline.findings:
            what, behaviour = (one.kind, one.behaviour), self._knowledge.behaviours[one.behaviour]
            claimed = outline.claimed.get(one.id)
            yield one.id, self._narrator.finding(one.kind, behaviour, claimed, one.confidence, told[what])
            told[what] += 1

    def _why(self, finding: Finding, suggestion: Suggestion) -> str:
        return self._adviser.why(finding, self._knowledge.practices[suggestion.practice])

    def _by_me(self, text: str) -> Written:
        return Written(text, Author(self.name))
