"""The tables, typed. What changes here needs a migration; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Table,
)

from assistant.stores.sql.columns import (
    AttemptColumns,
    ContributionColumns,
    DataKeyColumns,
    DoomedKeyColumns,
    FindingColumns,
    IndexTaskColumns,
    LinkColumns,
    LoginColumns,
    MembershipColumns,
    OwnCardColumns,
    PersonColumns,
    PublicationColumns,
    ReaderLogColumns,
    ReportColumns,
    RollUpColumns,
    RoundColumns,
    SessionColumns,
    SharedReportColumns,
    SignedStatementColumns,
    UsageColumns,
)
from assistant.stores.sql.commitment_columns import CommitmentColumns
from assistant.stores.sql.conversation_columns import (
    AdjustmentColumns,
    ConversationColumns,
    CorrectionColumns,
    MessageColumns,
    PlaceColumns,
    PrivacyStatementColumns,
    ReadingColumns,
    StatementColumns,
    ToldColumns,
)
from assistant.stores.sql.schema import metadata as metadata
from assistant.stores.sql.sending_columns import (
    HandoverColumns,
    NoRemindersColumns,
    NoticeColumns,
    PlannedRoundColumns,
)

person = Table("person", metadata, PersonColumns)
round_ = Table(
    "round", metadata, RoundColumns, CheckConstraint("floor >= 3", name="floor_at_least_3"), sqlite_autoincrement=True
)
membership = Table(
    "membership",
    metadata,
    MembershipColumns,
    PrimaryKeyConstraint("round_key", "member"),
    Index(None, "round_key", "manager", "member"),
)
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
held_back = Table("held_back", metadata, PlaceColumns)
named_place = Table("named_place", metadata, PlaceColumns)
correction = Table(
    "correction",
    metadata,
    CorrectionColumns,
    Index(None, "conversation", "message", "start", "end", unique=True),
    sqlite_autoincrement=True,
)
privacy_statement = Table("privacy_statement", metadata, PrivacyStatementColumns)
told = Table("told", metadata, ToldColumns, PrimaryKeyConstraint("conversation", "position"))
adjustment = Table("adjustment", metadata, AdjustmentColumns)
report = Table("report", metadata, ReportColumns, PrimaryKeyConstraint("round_key", "manager"))
finding = Table(
    "finding",
    metadata,
    FindingColumns,
    PrimaryKeyConstraint("round_key", "manager", "id"),
    ForeignKeyConstraint(["round_key", "manager"], ["report.round_key", "report.manager"], ondelete="CASCADE"),
)
signed_statement = Table(
    "signed_statement",
    metadata,
    SignedStatementColumns,
    PrimaryKeyConstraint("round_key", "manager", "position"),
    ForeignKeyConstraint(["round_key", "manager"], ["report.round_key", "report.manager"], ondelete="CASCADE"),
)
shared_report = Table("shared_report", metadata, SharedReportColumns, PrimaryKeyConstraint("round_key", "manager"))
commitment = Table("commitment", metadata, CommitmentColumns, sqlite_autoincrement=True)
data_key = Table("data_key", metadata, DataKeyColumns, Index(None, "owner", "round_key", unique=True))
doomed_key = Table("doomed_key", metadata, DoomedKeyColumns)
publication = Table(
    "publication",
    metadata,
    PublicationColumns,
    Index(None, "round_key", "manager"),
    ForeignKeyConstraint(["round_key"], ["round.key"]),
    sqlite_autoincrement=True,
)
contribution = Table("contribution", metadata, ContributionColumns, PrimaryKeyConstraint("publication", "who"))
roll_up = Table("roll_up", metadata, RollUpColumns, PrimaryKeyConstraint("round_key", "leader"))
link = Table("link", metadata, LinkColumns)
login = Table("login", metadata, LoginColumns)
attempt = Table("attempt", metadata, AttemptColumns, Index(None, "kind", "place", "at"))
session = Table("session", metadata, SessionColumns)
reader_log = Table("reader_log", metadata, ReaderLogColumns, sqlite_autoincrement=True)
usage = Table("usage", metadata, UsageColumns, PrimaryKeyConstraint("day", "round_key", "purpose", "prompt", "model"))
index_task = Table(
    "index_task", metadata, IndexTaskColumns, Index(None, "shelf", "entry", unique=True), sqlite_autoincrement=True
)
notice = Table(
    "notice",
    metadata,
    NoticeColumns,
    Index(None, "round_key", "kind", "channel", "person", "number", unique=True),
    Index(None, "state", "channel", "due_at"),
)
own_card = Table("own_card", metadata, OwnCardColumns)
no_reminders = Table("no_reminders", metadata, NoRemindersColumns)
handover = Table("handover", metadata, HandoverColumns)
planned_round = Table(
    "planned_round", metadata, PlannedRoundColumns, CheckConstraint("floor >= 3", name="floor_at_least_3")
)
