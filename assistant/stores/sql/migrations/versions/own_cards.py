"""An organisation's own practice cards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far they were in a file of each home folder, from which they are taken over when the store is opened."""
    op.create_table(
        "own_card",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("card", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_card"),
    )


def downgrade() -> None:
    """They are to be added anew."""
    op.drop_table("own_card")
