"""How well summaries capture what people meant, as they say themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has been asked so far."""
    op.add_column("conversation", sa.Column("rating", sa.Integer(), nullable=True))
    op.add_column("round", sa.Column("rated_mean", sa.Double(), nullable=True))
    op.add_column("round", sa.Column("rated_people", sa.Integer(), nullable=True))


def downgrade() -> None:
    """What people said of summaries is forgotten."""
    op.drop_column("round", "rated_people")
    op.drop_column("round", "rated_mean")
    op.drop_column("conversation", "rating")
