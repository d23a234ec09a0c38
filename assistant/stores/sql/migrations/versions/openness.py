"""The reader log as a chain, what people were told before they wrote, and what of it is set apart."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from assistant.stores.sql.triggers import refuse, refuse_emptying, refuse_no_more

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_BEFORE = (
    sa.column("number", sa.Integer),
    sa.column("at", sa.DateTime),
    sa.column("reader", sa.String),
    sa.column("looked", sa.String),
    sa.column("round_key", sa.String),
    sa.column("about", sa.JSON),
)
_RULES = {
    "reader_log_is_not_changed": ("UPDATE", "an entry of the reader log never changes", ""),
    "reader_log_is_not_shortened": ("DELETE", "an entry of the reader log is never taken out", ""),
    "reader_log_is_not_replaced": (
        "INSERT",
        "an entry of the reader log is never replaced",
        "EXISTS (SELECT 1 FROM reader_log WHERE number = NEW.number OR previous = NEW.previous)",
    ),
}
_NOT_EMPTIED = "reader_log_is_not_emptied"


def upgrade() -> None:
    """Chain what has been noted so far; as what somebody looked and what came back was not noted then."""
    _chain_the_log()
    _keep_what_is_told()
    op.add_column("message", sa.Column("set_apart", sa.Boolean(), nullable=True))


def downgrade() -> None:
    """The chain, what was noted with it, what people were told and what is set apart are forgotten; looks stay."""
    op.drop_column("message", "set_apart")
    op.drop_table("told")
    op.drop_table("privacy_statement")
    _unchain_the_log()


def _chain_the_log() -> None:
    looks = op.get_bind().execute(sa.select(*_BEFORE).select_from(sa.table("reader_log")).order_by("number")).all()
    op.drop_table("reader_log")
    chained = op.create_table(
        "reader_log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("looked", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reader_log"),
        sa.UniqueConstraint("previous", name="uq_reader_log_previous"),
        sqlite_autoincrement=True,
    )
    previous = "0" * 64
    rows = []
    for number, look in enumerate(looks, 1):
        digest = _digest(look.at, look.reader, look.looked, look.round_key, look.about, previous)
        noted = {"at": look.at, "reader": look.reader, "looked": look.looked, "round_key": look.round_key}
        not_noted = {"capacity": "not_noted", "asked": None, "outcome": "not_noted"}
        rows.append(
            {"number": number, **noted, **not_noted, "about": look.about, "previous": previous, "digest": digest}
        )
        previous = digest
    op.bulk_insert(chained, rows)
    for name, (event, says, where) in _RULES.items():
        refuse(name, event, "reader_log", says, where)
    refuse_emptying(_NOT_EMPTIED, "reader_log", "an entry of the reader log is never taken out")


def _keep_what_is_told() -> None:
    op.create_table(
        "privacy_statement",
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_privacy_statement"),
    )
    op.create_table(
        "told",
        sa.Column("conversation", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversation.id"], name="fk_told_conversation_conversation", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["statement"], ["privacy_statement.fingerprint"], name="fk_told_statement_privacy_statement"
        ),
        sa.PrimaryKeyConstraint("conversation", "position", name="pk_told"),
    )


def _digest(at: datetime, reader: str, looked: str, round_key: str, about: list[str], previous: str) -> str:
    """Format 1, as ``assistant/domain/log_chain.py`` writes it down; here it stays as it is."""
    content = {
        "about": about,
        "asked": None,
        "at": f"{at.isoformat(timespec='microseconds')}+00:00",
        "capacity": "not_noted",
        "format": 1,
        "looked": looked,
        "outcome": "not_noted",
        "previous": previous,
        "reader": reader,
        "round": round_key,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _unchain_the_log() -> None:
    looks = op.get_bind().execute(sa.select(*_BEFORE).select_from(sa.table("reader_log")).order_by("number")).all()
    op.drop_table("reader_log")
    refuse_no_more(*_RULES, _NOT_EMPTIED)
    plain = op.create_table(
        "reader_log",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("looked", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reader_log"),
        sqlite_autoincrement=True,
    )
    op.bulk_insert(plain, [look._asdict() for look in looks])
