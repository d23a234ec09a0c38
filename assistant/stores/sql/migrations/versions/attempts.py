"""What was tried lately, and from where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far each process remembered that by itself."""
    op.create_table(
        "attempt",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_attempt"),
    )
    op.create_index("ix_attempt_kind_place_at", "attempt", ["kind", "place", "at"])
    op.create_index("ix_attempt_at", "attempt", ["at"])


def downgrade() -> None:
    """What was tried is forgotten."""
    op.drop_table("attempt")
