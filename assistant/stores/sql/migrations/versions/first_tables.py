"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.stores.sql.triggers import refuse, refuse_no_more

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "person",
    "round",
    "membership",
    "conversation",
    "message",
    "reading",
    "statement",
    "held_back",
    "report",
    "finding",
    "link",
    "session",
    "reader_log",
    "index_task",
)

_FLOOR_STAYS = "round_floor_stays"


def upgrade() -> None:
    """Make all tables."""
    _people()
    _rounds()
    _conversations()
    _statements()
    _held_back()
    _reports()
    _sign_in()
    _readings_and_index()


def downgrade() -> None:
    """Drop all tables."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    refuse_no_more(_FLOOR_STAYS)


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("manager_email", sa.String(), nullable=True),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["manager_email"],
            ["person.email"],
            name="fk_person_manager_email_person",
            ondelete="SET NULL",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("email", name="pk_person"),
    )
    op.create_index("ix_person_manager_email", "person", ["manager_email"])


def _rounds() -> None:
    op.create_table(
        "round",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("floor >= 3", name="ck_round_floor_at_least_3"),
        sa.PrimaryKeyConstraint("number", name="pk_round"),
        sa.UniqueConstraint("key", name="uq_round_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "membership",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_membership_round_key_round"),
        sa.PrimaryKeyConstraint("round_key", "member", name="pk_membership"),
    )
    refuse(_FLOOR_STAYS, "UPDATE", "round", "the floor of a round never changes", "NEW.floor <> OLD.floor")


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=True),
        sa.Column("interview", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_conversation_round_key_round"),
        sa.PrimaryKeyConstraint("number", name="pk_conversation"),
        sa.UniqueConstraint("fingerprint", name="uq_conversation_fingerprint"),
        sa.UniqueConstraint("id", name="uq_conversation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conversation_author", "conversation", ["author"])
    op.create_index("ix_conversation_round_key_kind_about", "conversation", ["round_key", "kind", "about"])
    op.create_index("ix_conversation_round_key_kind_author", "conversation", ["round_key", "kind", "author"])
    op.create_table(
        "message",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_message_conversation_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", "position", name="pk_message"),
    )


def _statements() -> None:
    op.create_table(
        "reading",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_reading_conversation_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", name="pk_reading"),
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("fundamental", sa.String(), nullable=False),
        sa.Column("behaviour", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("signal", sa.String(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["reading.conversation"], name="fk_statement_conversation_reading", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
    )
    op.create_index("ix_statement_conversation", "statement", ["conversation"])


def _held_back() -> None:
    op.create_table(
        "held_back",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_held_back_conversation_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", "message", "start", "end", name="pk_held_back"),
    )


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("suppressed", sa.Boolean(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_report_round_key_round"),
        sa.PrimaryKeyConstraint("round_key", "manager", name="pk_report"),
    )
    op.create_index("ix_report_manager", "report", ["manager"])
    op.create_table(
        "finding",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("fundamental", sa.String(), nullable=False),
        sa.Column("behaviour", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("respondents", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_key", "manager"],
            ["report.round_key", "report.manager"],
            name="fk_finding_round_key_manager_report",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_key", "manager", "id", name="pk_finding"),
    )


def _sign_in() -> None:
    op.create_table(
        "link",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_link"),
    )
    op.create_index("ix_link_email", "link", ["email"])
    op.create_table(
        "session",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
    )
    op.create_index("ix_session_email", "session", ["email"])


def _readings_and_index() -> None:
    op.create_table(
        "reader_log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("looked", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reader_log"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "index_task",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.String(), nullable=False),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("forget", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_index_task"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_index_task_shelf_entry", "index_task", ["shelf", "entry"], unique=True)
