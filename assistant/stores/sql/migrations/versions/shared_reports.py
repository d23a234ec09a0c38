"""Which reports their managers have opened to the leaders above them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nobody has."""
    op.create_table(
        "shared_report",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_shared_report_round_key_round"),
        sa.PrimaryKeyConstraint("round_key", "manager", name="pk_shared_report"),
    )


def downgrade() -> None:
    """All are closed again."""
    op.drop_table("shared_report")
