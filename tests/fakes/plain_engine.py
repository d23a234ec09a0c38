"""An engine without a model: what people say is written in marks, and what is said back are the bare figures.

An answer such as ``goals+ listening- *fear`` values one behaviour, misses another and tells of an event. Reflections
claim in the same way: ``goals=``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from assistant.domain.authorship import Author, Written
from assistant.domain.conversation import Conversation
from assistant.domain.knowledge import Practice
from assistant.domain.narration import Narration, Outline
from assistant.domain.report import Finding
from assistant.domain.statements import Described, Reading, Span, Statement, Topic
from assistant.domain.words import Signal, Stance
from assistant.engines.embedded.analyst import EmbeddedAnalyst
from assistant.engines.embedded.question_reader import UNSURE
from tests.fakes.encoder import BagOfWords
from tests.fakes.reports import BEHAVIOURS

_STANCES = {"+": Stance.VALUED, "-": Stance.MISSING, "=": Stance.DOES}


class PlainEngine(EmbeddedAnalyst, BagOfWords):
    """As much of an engine as a round, its reports and questions need; the same marks always give the same."""

    name = reads_as = "plain:1"
    reads_at_once = 1
    sends_to = sceptic = None

    def __init__(self) -> None:
        EmbeddedAnalyst.__init__(self, lambda _question, _signs: UNSURE, BEHAVIOURS)
        BagOfWords.__init__(self)

    def of_round(self, key: str) -> PlainEngine:  # noqa: ARG002 - no round changes it
        """Itself."""
        return self

    def read(self, conversation: Conversation) -> Reading:
        """One statement a mark, and the events."""
        statements: list[Statement] = []
        signals: list[Described] = []
        for message, text in conversation.said:
            for start, word in _words(text):
                if word.startswith("*"):
                    signals.append(Described(Signal(word[1:]), 1.0))
                else:
                    statements.append(_statement(conversation, len(statements), message, start, word))
        return Reading(tuple(statements), tuple(signals))

    def topics(self, statements: Sequence[Statement]) -> tuple[Topic, ...]:
        """One topic a behaviour."""
        by_behaviour: dict[str, list[str]] = defaultdict(list)
        for statement in statements:
            by_behaviour[statement.behaviour].append(statement.id)
        return tuple(Topic(b, b, BEHAVIOURS[b].fundamental, tuple(ids)) for b, ids in sorted(by_behaviour.items()))

    def likely(self, text: str) -> tuple[str, ...]:
        """What the mark says."""
        return (text[:-1],)

    def narrate(self, outline: Outline) -> Narration:
        """All that it is told."""
        findings = {
            f.id: self._by_me(f"{f.kind} {f.behaviour} {outline.claimed.get(f.id)} {f.confidence}")
            for f in outline.findings
        }
        reasons = {
            s.id: self._by_me(f"{s.practice} for {outline.finding_of(s).behaviour}") for s in outline.suggestions
        }
        told = [words.text for words in findings.values()]
        return Narration(findings, reasons, self._by_me(f"{outline.manager} {told} {outline.climate}"))

    def is_serious(self, text: str) -> bool:  # noqa: ARG002 - marks tell of nothing that is
        """Never."""
        return False

    def rank(self, finding: Finding, practices: Sequence[Practice]) -> tuple[Practice, ...]:  # noqa: ARG002
        """As they come."""
        return tuple(practices)

    def _by_me(self, text: str) -> Written:
        return Written(text, Author(self.name))


def _words(text: str) -> list[tuple[int, str]]:
    """The words of a text with their places."""
    found, at = [], 0
    for word in text.split(" "):
        found.append((at, word))
        at += len(word) + 1
    return found


def _statement(conversation: Conversation, number: int, message: int, start: int, word: str) -> Statement:
    behaviour = BEHAVIOURS[word[:-1]]
    return Statement(
        id=f"{conversation.id}:{number}",
        conversation=conversation.id,
        author=conversation.author,
        about=conversation.about,
        span=Span(message, start, start + len(word)),
        text=word,
        fundamental=behaviour.fundamental,
        behaviour=behaviour.id,
        stance=_STANCES[word[-1]],
        confidence=0.9,
    )
