"""What calls to a language model used, and who worded a message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing has been counted so far, and nobody knows who worded what was said."""
    op.create_table(
        "usage",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("prompt", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("tokens_in", sa.BigInteger(), nullable=False),
        sa.Column("tokens_cached", sa.BigInteger(), nullable=False),
        sa.Column("tokens_out", sa.BigInteger(), nullable=False),
        sa.Column("stand_ins", sa.BigInteger(), nullable=False),
        sa.Column("kept_back", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "round_key", "purpose", "prompt", "model", name="pk_usage"),
    )
    op.add_column("message", sa.Column("written_by", sa.String(), nullable=True))


def downgrade() -> None:
    """The counts are forgotten; messages stay."""
    op.drop_column("message", "written_by")
    op.drop_table("usage")
