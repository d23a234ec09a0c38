"""The columns of the tables of what people said, and of what they say about it, typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, TypedColumns

from assistant.stores.sql.schema import UtcTime


class ConversationColumns(TypedColumns):
    """Conversations; ``number`` is the order in which they were begun or imported.

    ``fingerprint`` is a keyed digest, ``interview`` sealed JSON.
    """

    number: Named[int] = Column(primary_key=True)
    id: Named[str] = Column(unique=True)
    fingerprint: Named[str] = Column(unique=True)
    round_key: Named[str] = Column(ForeignKey("round.key"))
    kind: Named[str]
    author: Named[str] = Column(index=True)
    about: Named[str | None]
    named: Named[bool]
    state: Named[str]
    created_at: Named[datetime | None] = Column(UtcTime)
    interview: Named[str | None]
    rating: Named[int | None]


class MessageColumns(TypedColumns):
    """One row a turn, its ``content`` sealed: who worded it, where known, and whether it is set apart.

    ``set_apart`` is null where nobody has looked; ``vouched`` is what its author says against it.
    """

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    position: Named[int]
    role: Named[str]
    content: Named[str]
    written_by: Named[str | None]
    set_apart: Named[bool | None]
    vouched: Named[bool]


class ReadingColumns(TypedColumns):
    """What one engine read in a conversation, as a whole; ``body`` is all of it but its statements, as sealed JSON.

    ``engine`` is the one that was to read, with what decides how it reads.
    """

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    engine: Named[str]
    body: Named[str]


class StatementColumns(TypedColumns):
    """One row a claim or observation: its place, and the whole of it in ``body`` as sealed JSON."""

    id: Named[str] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("reading.conversation", ondelete="CASCADE"), index=True)
    position: Named[int]
    message: Named[int]
    start: Named[int]
    end: Named[int]
    shared: Named[bool]
    body: Named[str]


class PlaceColumns(TypedColumns):
    """Places in a conversation of which its author chose something, whichever engine reads it."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    message: Named[int] = Column(primary_key=True)
    start: Named[int] = Column(primary_key=True)
    end: Named[int] = Column(primary_key=True)


class CorrectionColumns(TypedColumns):
    """What authors say of how a place was read: the place, and the whole of it in ``body`` as sealed JSON.

    ``number`` is the order in which they came; one that is changed comes anew.
    """

    number: Named[int] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message: Named[int]
    start: Named[int]
    end: Named[int]
    body: Named[str]


class PrivacyStatementColumns(TypedColumns):
    """What people are told about their words, each version once; ``body`` is text and values as JSON."""

    fingerprint: Named[str] = Column(primary_key=True)
    body: Named[str]


class ToldColumns(TypedColumns):
    """Which statement an author was told before the message at ``position``, where it was another than before."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    position: Named[int]
    statement: Named[str] = Column(ForeignKey("privacy_statement.fingerprint"))


class AdjustmentColumns(TypedColumns):
    """That corrections up to a number are used, and for what; no row where they are not."""

    upto: Named[int] = Column(primary_key=True, autoincrement=False)
    behaviours: Named[bool]
    stances: Named[bool]
