"""Which engine read a conversation in place of the one that was to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nobody stood in."""
    op.add_column("reading", sa.Column("stand_in", sa.String(), nullable=True))


def downgrade() -> None:
    """What a stand-in read is forgotten with its name, and is read anew."""
    others = "SELECT conversation FROM reading WHERE stand_in IS NOT NULL"
    op.execute(f"DELETE FROM statement WHERE conversation IN ({others})")  # noqa: S608 - nothing from outside is in it
    op.execute("DELETE FROM reading WHERE stand_in IS NOT NULL")
    op.drop_column("reading", "stand_in")
