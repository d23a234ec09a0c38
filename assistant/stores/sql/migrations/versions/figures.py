"""What of a report answers leaders' questions lies in a small value of its own."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from assistant.stores.keys.cipher import key_id_of, seal, unseal

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEPT = ("invited", "respondents", "reason", "fundamentals", "climate")
_OF_SUGGESTION = ("id", "title", "practice", "findings")


def upgrade() -> None:
    """Take it out of every report that is there, and lock it with the same key."""
    op.add_column("report", sa.Column("figures", sa.String(), nullable=False, server_default=""))
    op.add_column("finding", sa.Column("place", sa.Integer(), nullable=False, server_default="0"))
    keyring, database = context.config.attributes["keyring"], op.get_bind()
    change = sa.text("UPDATE report SET figures = :figures WHERE round_key = :round_key AND manager = :manager")
    put = sa.text("UPDATE finding SET place = :place WHERE round_key = :round_key AND manager = :manager AND id = :id")
    for row in list(database.execute(sa.text("SELECT round_key, manager, body FROM report"))):
        at, id_ = f"{row.round_key}/{row.manager}", key_id_of(row.body)
        key = keyring.key(id_)
        whole = json.loads(unseal(key, row.body, f"report/{at}"))
        sealed = seal(id_, key, json.dumps(_figures(whole)), f"figures/{at}")
        of_it = {"round_key": row.round_key, "manager": row.manager}
        database.execute(change, of_it | {"figures": sealed})
        for place, finding in enumerate(whole["findings"]):
            database.execute(put, of_it | {"id": finding["id"], "place": place})


def downgrade() -> None:
    """All of it is in the report's body, too."""
    op.drop_column("finding", "place")
    op.drop_column("report", "figures")


def _figures(whole: dict[str, Any]) -> dict[str, Any]:
    suggestions = [{name: one[name] for name in _OF_SUGGESTION} for one in whole["suggestions"]]
    return {name: whole[name] for name in _KEPT} | {"suggestions": suggestions}
