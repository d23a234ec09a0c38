"""The tables, typed. What changes here needs a migration; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Named,
    PrimaryKeyConstraint,
    Table,
    TypedColumns,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """Aware times, kept in UTC; SQLite itself knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else value.replace(tzinfo=UTC)


class PersonColumns(TypedColumns):
    """Everybody; a manager who goes leaves their people without one."""

    email: Named[str] = Column(primary_key=True)
    name: Named[str]
    manager_email: Named[str | None] = Column(
        ForeignKey("person.email", ondelete="SET NULL", deferrable=True, initially="DEFERRED"), index=True
    )
    team: Named[str]
    role: Named[str]
    locale: Named[str | None]


class RoundColumns(TypedColumns):
    """Rounds; ``number`` is the order in which they were opened. A trigger keeps ``floor`` as it is."""

    number: Named[int] = Column(primary_key=True)
    key: Named[str] = Column(unique=True)
    floor: Named[int]
    opened_at: Named[datetime] = Column(UtcTime)
    closes_at: Named[datetime | None] = Column(UtcTime)
    closed_at: Named[datetime | None] = Column(UtcTime)


class MembershipColumns(TypedColumns):
    """Who reported to whom in a round; people may have left since."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    member: Named[str]
    manager: Named[str]


class ConversationColumns(TypedColumns):
    """Conversations; ``number`` is the order in which they were begun or imported. ``interview`` is JSON."""

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


class MessageColumns(TypedColumns):
    """One row a turn; ``written_by`` is who worded it (engine, and prompt if any), where that is known."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    position: Named[int]
    role: Named[str]
    content: Named[str]
    written_by: Named[str | None]


class ReadingColumns(TypedColumns):
    """What one engine read in a conversation, as a whole; ``signals`` has the probability of each kind.

    ``engine`` is the one that was to read, with what decides how it reads; ``stand_in`` the one that read in its place.
    """

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    engine: Named[str]
    signals: Named[dict[str, float]] = Column(JSON)
    unsure: Named[int]
    language: Named[str]
    stand_in: Named[str | None]


class StatementColumns(TypedColumns):
    """One row a claim or observation; who said it is the author of the conversation."""

    id: Named[str] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("reading.conversation", ondelete="CASCADE"), index=True)
    position: Named[int]
    about: Named[str | None]
    message: Named[int]
    start: Named[int]
    end: Named[int]
    text: Named[str]
    fundamental: Named[str]
    behaviour: Named[str]
    stance: Named[str]
    confidence: Named[float]
    signal: Named[str | None]
    shared: Named[bool]


class HeldBackColumns(TypedColumns):
    """Places in a conversation that its author keeps back, whichever engine reads it."""

    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message: Named[int]
    start: Named[int]
    end: Named[int]


class CorrectionColumns(TypedColumns):
    """What authors say of how a place was read: ``was`` before, and now; no behaviour where it is nothing.

    ``number`` is the order in which they came; one that is changed comes anew.
    """

    number: Named[int] = Column(primary_key=True)
    conversation: Named[str] = Column(ForeignKey("conversation.id", ondelete="CASCADE"))
    message: Named[int]
    start: Named[int]
    end: Named[int]
    digest: Named[str]
    was_fundamental: Named[str]
    was_behaviour: Named[str]
    was_stance: Named[str]
    fundamental: Named[str | None]
    behaviour: Named[str | None]
    stance: Named[str | None]


class AdjustmentColumns(TypedColumns):
    """That corrections up to a number are used, and for what; no row where they are not."""

    upto: Named[int] = Column(primary_key=True, autoincrement=False)
    behaviours: Named[bool]
    stances: Named[bool]


class ReportColumns(TypedColumns):
    """Reports; ``body`` is the whole of one as JSON."""

    round_key: Named[str] = Column(ForeignKey("round.key"))
    manager: Named[str] = Column(index=True)
    engine: Named[str]
    suppressed: Named[bool]
    body: Named[str]


class FindingColumns(TypedColumns):
    """One row a finding of a report, for sums over many managers."""

    round_key: Named[str]
    manager: Named[str]
    id: Named[str]
    kind: Named[str]
    fundamental: Named[str]
    behaviour: Named[str]
    text: Named[str]
    respondents: Named[int | None]
    confidence: Named[float]


class LinkColumns(TypedColumns):
    """Sign-in links by the digest of their secret."""

    digest: Named[str] = Column(primary_key=True)
    email: Named[str] = Column(index=True)
    expires_at: Named[datetime] = Column(UtcTime)
    used_at: Named[datetime | None] = Column(UtcTime)


class SessionColumns(TypedColumns):
    """Sessions by the digest of their secret."""

    digest: Named[str] = Column(primary_key=True)
    email: Named[str] = Column(index=True)
    expires_at: Named[datetime] = Column(UtcTime)


class ReaderLogColumns(TypedColumns):
    """Readings in order; ``about`` is a list of e-mails."""

    number: Named[int] = Column(primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    reader: Named[str]
    looked: Named[str]
    round_key: Named[str]
    about: Named[list[str]] = Column(JSON)


class UsageColumns(TypedColumns):
    """Sums over the calls of one kind on one day (ISO 8601); ``round_key`` is empty outside of a round."""

    day: Named[str]
    round_key: Named[str]
    purpose: Named[str]
    prompt: Named[str]
    model: Named[str]
    calls: Named[int] = Column(BigInteger)
    tokens_in: Named[int] = Column(BigInteger)
    tokens_cached: Named[int] = Column(BigInteger)
    tokens_out: Named[int] = Column(BigInteger)
    stand_ins: Named[int] = Column(BigInteger)
    kept_back: Named[int] = Column(BigInteger)


class IndexTaskColumns(TypedColumns):
    """What the index has yet to follow; a newer task for the same entry takes the place of an older one."""

    number: Named[int] = Column(primary_key=True)
    shelf: Named[str]
    entry: Named[str]
    group: Named[str]
    forget: Named[bool]


person = Table("person", metadata, PersonColumns)
round_ = Table(
    "round", metadata, RoundColumns, CheckConstraint("floor >= 3", name="floor_at_least_3"), sqlite_autoincrement=True
)
membership = Table("membership", metadata, MembershipColumns, PrimaryKeyConstraint("round_key", "member"))
conversation = Table(
    "conversation",
    metadata,
    ConversationColumns,
    Index(None, "round_key", "kind", "author"),
    Index(None, "round_key", "kind", "about"),
    sqlite_autoincrement=True,
)
message = Table("message", metadata, MessageColumns, PrimaryKeyConstraint("conversation", "position"))
reading = Table("reading", metadata, ReadingColumns)
statement = Table("statement", metadata, StatementColumns)
held_back = Table(
    "held_back", metadata, HeldBackColumns, PrimaryKeyConstraint("conversation", "message", "start", "end")
)
correction = Table(
    "correction",
    metadata,
    CorrectionColumns,
    Index(None, "conversation", "message", "start", "end", unique=True),
    sqlite_autoincrement=True,
)
adjustment = Table("adjustment", metadata, AdjustmentColumns)
report = Table("report", metadata, ReportColumns, PrimaryKeyConstraint("round_key", "manager"))
finding = Table(
    "finding",
    metadata,
    FindingColumns,
    PrimaryKeyConstraint("round_key", "manager", "id"),
    ForeignKeyConstraint(["round_key", "manager"], ["report.round_key", "report.manager"], ondelete="CASCADE"),
)
link = Table("link", metadata, LinkColumns)
session = Table("session", metadata, SessionColumns)
reader_log = Table("reader_log", metadata, ReaderLogColumns, sqlite_autoincrement=True)
usage = Table("usage", metadata, UsageColumns, PrimaryKeyConstraint("day", "round_key", "purpose", "prompt", "model"))
index_task = Table(
    "index_task", metadata, IndexTaskColumns, Index(None, "shelf", "entry", unique=True), sqlite_autoincrement=True
)
