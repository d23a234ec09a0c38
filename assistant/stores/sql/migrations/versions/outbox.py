"""What is to be sent to whom, who wants no reminders, and rounds that open by themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is to be sent yet."""
    op.create_table(
        "notice",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_notice_round_key_round"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_person", "notice", ["person"])
    op.create_index(
        "ix_notice_round_key_kind_channel_person_number",
        "notice",
        ["round_key", "kind", "channel", "person", "number"],
        unique=True,
    )
    op.create_index("ix_notice_state_channel_due_at", "notice", ["state", "channel", "due_at"])
    op.create_table(
        "no_reminders",
        sa.Column("email", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("email", name="pk_no_reminders"),
    )
    op.create_table(
        "planned_round",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("every", sa.String(), nullable=True),
        sa.CheckConstraint("floor >= 3", name="ck_planned_round_floor_at_least_3"),
        sa.PrimaryKeyConstraint("key", name="pk_planned_round"),
    )


def downgrade() -> None:
    """What waits is not sent, and nothing opens by itself."""
    for table in ("planned_round", "no_reminders", "notice"):
        op.drop_table(table)
