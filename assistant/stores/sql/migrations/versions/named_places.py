"""What of a feedback its author says under their name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nothing is; a feedback that is named as a whole stays so."""
    op.create_table(
        "named_place",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_named_place_conversation_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation", "message", "start", "end", name="pk_named_place"),
    )
    op.create_table(
        "signed_statement",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_key", "manager"],
            ["report.round_key", "report.manager"],
            name="fk_signed_statement_round_key_manager_report",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_key", "manager", "position", name="pk_signed_statement"),
    )
    op.create_index("ix_signed_statement_author", "signed_statement", ["author"])


def downgrade() -> None:
    """What was named in part is anonymous again."""
    op.drop_table("signed_statement")
    op.drop_table("named_place")
