"""The index no longer holds what people said."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What the index had yet to follow of statements is off; it drops the vectors themselves when it is opened."""
    op.execute("DELETE FROM index_task WHERE shelf = 'statements'")


def downgrade() -> None:
    """Nothing is to be taken back: an older version makes its index anew with ``value-loop index rebuild``."""
