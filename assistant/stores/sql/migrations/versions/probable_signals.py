"""How probable each kind of event in a conversation is, in place of a list of those that were taken for described."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_READING = sa.table("reading", sa.column("conversation", sa.String()), sa.column("signals", sa.JSON()))


def upgrade() -> None:
    """What was taken for described becomes certain."""
    for conversation, signals in _rows():
        _put(conversation, dict.fromkeys(signals, 1.0))


def downgrade() -> None:
    """What is more probable than not becomes described."""
    for conversation, signals in _rows():
        _put(conversation, [signal for signal, probability in signals.items() if probability >= 0.5])


def _rows() -> list[tuple[str, Any]]:
    found = op.get_bind().execute(sa.select(_READING.c.conversation, _READING.c.signals))
    return [(conversation, signals) for conversation, signals in found]


def _put(conversation: str, signals: list[str] | dict[str, float]) -> None:
    op.get_bind().execute(_READING.update().where(_READING.c.conversation == conversation).values(signals=signals))
