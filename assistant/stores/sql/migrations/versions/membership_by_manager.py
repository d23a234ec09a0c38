"""Who leads whom in a round, found by manager."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_INDEX = "ix_membership_round_key_manager_member"


def upgrade() -> None:
    """Without it, one manager's people are looked for among everybody in the round."""
    op.create_index(_INDEX, "membership", ["round_key", "manager", "member"])


def downgrade() -> None:
    """Only the way there is gone."""
    op.drop_index(_INDEX, "membership")
