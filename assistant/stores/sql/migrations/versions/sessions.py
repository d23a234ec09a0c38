"""When a session began, was last used, and on what kind of device; and attempts to sign in elsewhere."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BEFORE = ("digest", "email", "expires_at")
_AFTER = ("digest", "email", "device", "started_at", "last_seen_at", "expires_at")


def upgrade() -> None:
    """Nothing is known of the sessions so far, so they end: whoever was signed in signs in again."""
    _make_anew(_AFTER)
    op.create_table(
        "login",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_login"),
    )


def downgrade() -> None:
    """All sessions and attempts end."""
    op.drop_table("login")
    _make_anew(_BEFORE)


def _make_anew(columns: tuple[str, ...]) -> None:
    op.drop_table("session")
    op.create_table(
        "session",
        *(sa.Column(name, sa.DateTime() if name.endswith("_at") else sa.String(), nullable=False) for name in columns),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
    )
    op.create_index("ix_session_email", "session", ["email"])
