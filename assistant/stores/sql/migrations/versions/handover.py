"""Which letter was handed over last, where the database is on a server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far that was in a file of the home folder, as it still is beside a database in a file."""
    op.create_table(
        "handover",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_handover"),
    )


def downgrade() -> None:
    """Nobody knows then whether what was just being sent has left."""
    op.drop_table("handover")
