"""A conversation: what was said, by whom, in which round."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.domain.words import ConversationKind, Speaker

LONGEST_MESSAGE = 20_000


@dataclass(frozen=True, slots=True)
class Message:
    """One turn; ``content`` is plain text, clean of control characters.

    ``written_by`` is the engine that worded it, with its prompt; None where a person did, or where nobody knows.
    ``set_apart`` is whether a person's message tells of a serious matter, so that nothing is made of it; None where
    nobody has looked yet. ``vouched`` is whether its author has said of such a message that it was meant as an ordinary
    one, which then stays so.
    """

    role: Speaker
    content: str
    written_by: str | None = None
    set_apart: bool | None = None
    vouched: bool = False


class ConversationState(StrEnum):
    """A draft is still being held; only a sent conversation is ever read by the analysis."""

    DRAFT = "draft"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A reflection or a feedback. ``about`` is None for a reflection on the team as a whole.

    ``rating`` is how well the summary captured what its author meant, 1 to 4, where they said so when sending it.
    """

    id: str
    round_key: str
    kind: ConversationKind
    author: str
    about: str | None
    messages: tuple[Message, ...]
    named: bool = False
    state: ConversationState = ConversationState.SENT
    created_at: datetime | None = None
    rating: int | None = None

    @property
    def said(self) -> tuple[tuple[int, str], ...]:
        """The author's own words that may be used: (index of the message, content)."""
        return tuple((i, m.content) for i, m in enumerate(self.messages) if m.role is Speaker.USER and not m.set_apart)

    @property
    def usable(self) -> Conversation:
        """The conversation with nothing in place of what is set apart; all other words keep their places."""
        return replace(self, messages=tuple(replace(m, content="") if m.set_apart else m for m in self.messages))

    @property
    def history(self) -> tuple[Message, ...]:
        """The messages that may be shown to whoever words the next one: without what is set apart."""
        return tuple(message for message in self.messages if not message.set_apart)


def clean(text: str) -> str:
    """Text without control characters (line breaks and tabs stay), in Unicode normal form C, trimmed.

    Offsets into a message count characters of the cleaned text; text without such characters is unchanged.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def fingerprint(
    round_key: str, kind: ConversationKind, author: str, about: str | None, messages: tuple[Message, ...]
) -> str:
    """A digest of a conversation's content: the same content is the same conversation (SHA-256, hex)."""
    content = [round_key, kind, author, about, [[m.role, m.content] for m in messages]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
