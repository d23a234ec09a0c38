"""What managers have taken on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nobody has taken on anything."""
    op.create_table(
        "commitment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_commitment"),
        sa.UniqueConstraint("id", name="uq_commitment_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_commitment_manager", "commitment", ["manager"])


def downgrade() -> None:
    """What was taken on is forgotten."""
    op.drop_table("commitment")
