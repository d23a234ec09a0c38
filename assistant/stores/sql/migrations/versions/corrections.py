"""What authors say of how they were read, and whether it is used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two tables."""
    op.create_table(
        "correction",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("was_fundamental", sa.String(), nullable=False),
        sa.Column("was_behaviour", sa.String(), nullable=False),
        sa.Column("was_stance", sa.String(), nullable=False),
        sa.Column("fundamental", sa.String(), nullable=True),
        sa.Column("behaviour", sa.String(), nullable=True),
        sa.Column("stance", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_correction_conversation_conversation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_correction"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_correction_conversation_message_start_end",
        "correction",
        ["conversation", "message", "start", "end"],
        unique=True,
    )
    op.create_table(
        "adjustment",
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("behaviours", sa.Boolean(), nullable=False),
        sa.Column("stances", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("upto", name="pk_adjustment"),
    )


def downgrade() -> None:
    """Take them away; what was read stays."""
    op.drop_table("adjustment")
    op.drop_table("correction")
