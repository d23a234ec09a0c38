"""Which versions of reports were seen and on whose answers they rest, roll-ups, and a floor that nothing gets round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.stores.sql.triggers import refuse, refuse_no_more

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FEEDBACK = "EXISTS (SELECT 1 FROM conversation WHERE round_key = {row}.key AND kind = 'feedback')"
_WITH_FEEDBACK = "a round in which people have given feedback stays"
_RULES = {
    "round_key_stays": ("UPDATE", "round", "the key of a round never changes", "NEW.key <> OLD.key"),
    "round_with_feedback_stays": ("DELETE", "round", _WITH_FEEDBACK, _FEEDBACK.format(row="OLD")),
    "round_of_feedback_is_not_opened_anew": ("INSERT", "round", _WITH_FEEDBACK, _FEEDBACK.format(row="NEW")),
    "conversation_stays_in_its_round": (
        "UPDATE",
        "conversation",
        "a conversation stays in the round it was held in",
        "NEW.round_key <> OLD.round_key",
    ),
}
_KEPT = """INSERT INTO publication (round_key, manager, suppressed, seen, stays, tally)
SELECT round_key, manager, suppressed, true, false, '{"respondents": 0, "voices": []}' FROM report"""


def upgrade() -> None:
    """Reports that are there may have been seen, and nobody knows on whose answers they rest: so they stay."""
    op.create_table(
        "publication",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("suppressed", sa.Boolean(), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("stays", sa.Boolean(), nullable=False),
        sa.Column("tally", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_publication_round_key_round"),
        sa.PrimaryKeyConstraint("number", name="pk_publication"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_publication_round_key_manager", "publication", ["round_key", "manager"])
    op.create_table(
        "contribution",
        sa.Column("publication", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication"], ["publication.number"], name="fk_contribution_publication_publication", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("publication", "who", name="pk_contribution"),
    )
    op.create_table(
        "roll_up",
        sa.Column("round_key", sa.String(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["round_key"], ["round.key"], name="fk_roll_up_round_key_round"),
        sa.PrimaryKeyConstraint("round_key", "leader", name="pk_roll_up"),
    )
    op.execute(_KEPT)
    for name, (event, table, says, where) in _RULES.items():
        refuse(name, event, table, says, where)


def downgrade() -> None:
    """Reports stay; what was seen of them is forgotten."""
    refuse_no_more(*_RULES)
    for table in ("roll_up", "contribution", "publication"):
        op.drop_table(table)
