"""Messages of which their author says that they were meant as ordinary ones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """So far nobody is known to have said so; what was judged stays as it is."""
    op.add_column("message", sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget who said so."""
    op.drop_column("message", "vouched")
