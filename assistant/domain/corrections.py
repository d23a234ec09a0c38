"""What authors say about how their own words were read: confirmed, corrected, or meant as nothing of the kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.domain.conversation import Conversation
from assistant.domain.statements import AuthorsView, Reading, Span, Statement
from assistant.domain.words import ConversationKind, Fundamental, Stance


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a statement is about, and how it is meant."""

    fundamental: Fundamental
    behaviour: str
    stance: Stance


def read_in(statement: Statement) -> Meaning:
    """What a statement was read as."""
    return Meaning(statement.fundamental, statement.behaviour, statement.stance)


@dataclass(frozen=True, slots=True)
class Correction:
    """An author's word on one place in their conversation.

    ``digest`` is of the words that stand at ``span``, ``was`` what they had been read as. ``meant`` is what the author
    says they are; None where they say nothing of the kind.
    """

    conversation: str
    span: Span
    digest: str
    was: Meaning
    meant: Meaning | None


@dataclass(frozen=True, slots=True)
class Example:
    """A correction that may be learned from, with the words it is about; ``number`` tells the order they came in."""

    number: int
    author: str
    kind: ConversationKind
    text: str
    was: Meaning
    meant: Meaning | None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """That corrections are used: those up to number ``upto``, for what a statement is about, how it is meant, or both.

    What is corrected later waits until the adjustment is switched on anew.
    """

    upto: int
    behaviours: bool
    stances: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """How often something is right (0 to 1) without and with an adjustment, and where the gain lies (95 %)."""

    without: float
    adjusted: float
    low: float
    high: float

    @property
    def gain(self) -> float:
        """How much more often."""
        return self.adjusted - self.without

    @property
    def helps(self) -> bool:
        """Whether there is a gain, and its interval holds no loss."""
        return self.gain > 0 and self.low >= 0


@dataclass(frozen=True, slots=True)
class Measurement:
    """Of what statements are about, and of how they are meant."""

    behaviours: Measured
    stances: Measured


LEAST_CORRECTIONS = 30
LEAST_PEOPLE = 5


def enough(examples: Iterable[Example], floor: int) -> bool:
    """Whether so much was corrected by so many that it may be learned from: 30 by 5, and changes by a whole floor.

    What says nothing of the kind teaches nothing. Fewer people than the floor would stand out in the figures.
    """
    teaching = [e for e in examples if e.meant is not None]
    people = {e.author for e in teaching}
    changing = {e.author for e in teaching if e.meant != e.was}
    return len(teaching) >= LEAST_CORRECTIONS and len(people) >= max(LEAST_PEOPLE, floor) and len(changing) >= floor


def digest_of(words: str) -> str:
    """A digest of words (SHA-256, hex)."""
    return hashlib.sha256(words.encode()).hexdigest()


def still_holding(corrections: Iterable[Correction], conversation: Conversation) -> tuple[Correction, ...]:
    """The corrections whose words still stand at their place in the conversation, in order of place."""
    holding = [c for c in corrections if digest_of(words_at(conversation, c.span)) == c.digest]
    return tuple(sorted(holding, key=lambda c: (c.span.message, c.span.start)))


def words_at(conversation: Conversation, span: Span) -> str:
    """The words at a place of a conversation; empty where there is no such place."""
    if not 0 <= span.message < len(conversation.messages):
        return ""
    return conversation.messages[span.message].content[span.start : span.end]


def places_kept(reading: Reading, corrections: Iterable[Correction], conversation: Conversation) -> Reading:
    """A reading with one statement at exactly each corrected place, whatever bounds the engine has drawn this time.

    What else was read across such a place gives way to it; the statements are then numbered anew, in order of place.
    """
    statements = list(reading.statements)
    for correction in corrections:
        across = [s for s in statements if s.span.overlaps(correction.span)]
        if [s.span for s in across] != [correction.span]:
            made = _at(correction, across, conversation)
            statements = [s for s in statements if s not in across] + [made]
    if statements == list(reading.statements):
        return reading
    statements.sort(key=lambda s: (s.span.message, s.span.start))
    numbered = (replace(s, id=f"{conversation.id}:{n}") for n, s in enumerate(statements, 1))
    return replace(reading, statements=tuple(numbered))


def settled(statement: Statement, correction: Correction | None) -> Statement:
    """A statement as its author sees it: sure where they have said what it is, not shared where it is nothing."""
    if correction is None:
        return statement
    if correction.meant is None:
        return replace(statement, view=AuthorsView.NOTHING, shared=False)
    meant = correction.meant
    return replace(
        statement,
        fundamental=meant.fundamental,
        behaviour=meant.behaviour,
        stance=meant.stance,
        confidence=1.0,
        view=AuthorsView.RIGHT if meant == read_in(statement) else AuthorsView.CHANGED,
    )


def _at(correction: Correction, across: list[Statement], conversation: Conversation) -> Statement:
    was = correction.was
    signal = next((s.signal for s in across if s.signal), None)
    is_claim = conversation.kind is ConversationKind.REFLECTION
    return Statement(
        id="",
        conversation=conversation.id,
        author=conversation.author,
        about=conversation.about if is_claim else None,
        span=correction.span,
        text=words_at(conversation, correction.span),
        fundamental=was.fundamental,
        behaviour=was.behaviour,
        stance=was.stance,
        confidence=max((s.confidence for s in across), default=0.0),
        signal=signal,
    )
