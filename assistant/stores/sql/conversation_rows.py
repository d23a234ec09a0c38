"""Conversations as rows of SQL: what a row holds, where words lie, and which rows a judgement changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row

from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.words import ConversationKind


def without_messages(row: Row[Any]) -> Conversation:
    """The conversation of a row, without its messages."""
    return Conversation(
        id=row.id,
        round_key=row.round_key,
        kind=ConversationKind(row.kind),
        author=row.author,
        about=row.about,
        messages=(),
        named=row.named,
        state=ConversationState(row.state),
        created_at=row.created_at,
        rating=row.rating,
    )


def newly_judged(before: Conversation, after: Conversation) -> Iterator[dict[str, Any]]:
    """The values for each message that is judged in another way than before."""
    for position, (old, new) in enumerate(zip(before.messages, after.messages, strict=False)):
        if (new.set_apart, new.vouched) != (old.set_apart, old.vouched):
            yield {"of": after.id, "at": position, "set_apart": new.set_apart, "vouched": new.vouched}


def message_at(id: str, position: int) -> str:
    """Where a message lies, to be locked in for it."""
    return f"message/{id}/{position}"


def interview_at(id: str) -> str:
    """Where the state of an interview lies, to be locked in for it."""
    return f"interview/{id}"
