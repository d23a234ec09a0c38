"""An author puts other words in the place of their own: where everything else then stands, and what repeated them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.domain.conversation import Message
from assistant.domain.statements import Span
from assistant.domain.words import Speaker

LEFT_OUT = "…"
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?]*\s*")
_RUN = 3


@dataclass(frozen=True, slots=True)
class Edit:
    """Words (clean, not empty) that take the place of those at ``span``."""

    span: Span
    text: str

    @property
    def new_span(self) -> Span:
        """Where the new words stand."""
        return replace(self.span, end=self.span.start + len(self.text))


def moved(span: Span, edit: Edit) -> Span | None:
    """Where a place of the conversation is after the edit; None where the edit has touched it."""
    if span.overlaps(edit.span):
        return None
    if span.message != edit.span.message or span.end <= edit.span.start:
        return span
    by = edit.new_span.end - edit.span.end
    return Span(span.message, span.start + by, span.end + by)


def reworded(messages: tuple[Message, ...], edit: Edit) -> tuple[Message, ...]:
    """The messages with the edit in place; what the assistant repeated of the words that go, goes too."""
    place = edit.span
    before = messages[place.message].content
    content = before[: place.start] + edit.text + before[place.end :]
    after = [
        *messages[: place.message],
        replace(messages[place.message], content=content),
        *messages[place.message + 1 :],
    ]
    kept = " ".join(message.content for message in after if message.role is Speaker.USER)
    gone = before[place.start : place.end]
    return tuple(m if m.role is Speaker.USER else replace(m, content=_unsaid(m.content, gone, kept)) for m in after)


def _unsaid(said: str, gone: str, kept: str) -> str:
    """What the assistant said, without the sentences that repeat words which no longer stand anywhere.

    A sentence repeats them where it has three words in a row of theirs, or a name or number that was among them.
    """
    runs = _runs(gone) - _runs(kept)
    telling = {word for word in _WORD.findall(gone) if word[0].isupper() or word[0].isdigit()} - set(
        _WORD.findall(kept)
    )
    sentences = _SENTENCE.findall(said)
    repeating = [bool(_runs(s) & runs or telling.intersection(_WORD.findall(s))) for s in sentences]
    if not any(repeating):
        return said
    return "".join(f"{LEFT_OUT} " if repeats else s for s, repeats in zip(sentences, repeating, strict=True)).strip()


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}
