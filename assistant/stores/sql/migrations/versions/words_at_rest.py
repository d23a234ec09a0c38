"""People's words lie locked with keys of their authors, and the index no longer holds what people said."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from assistant.stores.keys.cipher import key_id_of, keyed_digest, new_key, seal, unseal

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_LOCKED = (("reading", "body"), ("statement", "body"), ("correction", "body"), ("report", "claims"))
_STATEMENT = ("about", "text", "fundamental", "behaviour", "stance", "confidence", "signal")
_MEANING = ("fundamental", "behaviour", "stance")


def upgrade() -> None:
    """Lock what is kept, and forget what the index had yet to follow; it drops the vectors when it is opened."""
    op.execute("DELETE FROM index_task WHERE shelf = 'statements'")
    op.create_table(
        "data_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("round_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_data_key"),
    )
    op.create_index("ix_data_key_owner_round_key", "data_key", ["owner", "round_key"], unique=True)
    op.create_table(
        "doomed_key", sa.Column("id", sa.String(), nullable=False), sa.PrimaryKeyConstraint("id", name="pk_doomed_key")
    )
    op.add_column("round", sa.Column("words_deleted_at", sa.DateTime(), nullable=True))
    for table, name in _LOCKED:
        op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    _Locking().everything()
    _drop("reading", "signals", "unsure", "language", "stand_in")
    _drop("statement", *_STATEMENT)
    _drop("correction", "digest", *(f"was_{name}" for name in _MEANING), *_MEANING)


def downgrade() -> None:
    """Unlock what is kept; the keys stay where they are, of no more use."""
    for table, columns in _PLAIN.items():
        for column in columns:
            op.add_column(table, column)
    _Unlocking().everything()
    for table, name in _LOCKED:
        _drop(table, name)
    _drop("round", "words_deleted_at")
    op.drop_table("doomed_key")
    op.drop_table("data_key")


_PLAIN = {
    "reading": (
        sa.Column("signals", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("unsure", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("language", sa.String(), nullable=False, server_default=""),
        sa.Column("stand_in", sa.String(), nullable=True),
    ),
    "statement": (
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False, server_default=""),
        sa.Column("fundamental", sa.String(), nullable=False, server_default=""),
        sa.Column("behaviour", sa.String(), nullable=False, server_default=""),
        sa.Column("stance", sa.String(), nullable=False, server_default=""),
        sa.Column("confidence", sa.Double(), nullable=False, server_default="0"),
        sa.Column("signal", sa.String(), nullable=True),
    ),
    "correction": (
        sa.Column("digest", sa.String(), nullable=False, server_default=""),
        *(sa.Column(f"was_{name}", sa.String(), nullable=False, server_default="") for name in _MEANING),
        *(sa.Column(name, sa.String(), nullable=True) for name in _MEANING),
    ),
}


def _drop(table: str, *columns: str) -> None:
    for column in columns:
        op.drop_column(table, column)


def _rows(query: str) -> list[Any]:
    return list(op.get_bind().execute(sa.text(query)))


def _set(table: str, where: dict[str, Any], **values: Any) -> None:
    named = ", ".join(f'"{name}" = :new_{name}' for name in values)
    at = " AND ".join(f'"{name}" = :{name}' for name in where)
    change = f'UPDATE "{table}" SET {named} WHERE {at}'  # noqa: S608 - names of our own
    op.get_bind().execute(sa.text(change), where | {f"new_{name}": value for name, value in values.items()})


_SAID = "SELECT c.author, c.round_key, t.* FROM {} t JOIN conversation c ON c.id = t.conversation"


class _Locking:
    """Locks all that is kept in plain, with keys that go to the keyring."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}
        self._keys: dict[str, bytes] = {}

    def everything(self) -> None:
        self._conversations()
        self._messages()
        self._readings()
        self._statements()
        self._corrections()
        self._reports()
        if self._keys:
            context.config.attributes["keyring"].keep(self._keys)

    def _key(self, owner: str, round_key: str) -> tuple[str, bytes]:
        whose = (owner, round_key)
        if whose not in self._ids:
            id_ = self._ids[whose] = secrets.token_hex(16)
            self._keys[id_] = new_key()
            insert = sa.text("INSERT INTO data_key (id, owner, round_key) VALUES (:id, :owner, :round_key)")
            op.get_bind().execute(insert, {"id": id_, "owner": owner, "round_key": round_key})
        return self._ids[whose], self._keys[self._ids[whose]]

    def _seal(self, owner: str, round_key: str, place: str, text: str) -> str:
        return seal(*self._key(owner, round_key), text, place)

    def _conversations(self) -> None:
        for row in _rows("SELECT * FROM conversation"):
            _, key = self._key(row.author, row.round_key)
            state = row.interview and self._seal(row.author, row.round_key, f"interview/{row.id}", row.interview)
            _set("conversation", {"id": row.id}, fingerprint=keyed_digest(key, row.fingerprint), interview=state)

    def _messages(self) -> None:
        for row in _rows(_SAID.format("message")):
            place = f"message/{row.conversation}/{row.position}"
            at = {"conversation": row.conversation, "position": row.position}
            _set("message", at, content=self._seal(row.author, row.round_key, place, row.content))

    def _readings(self) -> None:
        for row in _rows(_SAID.format("reading")):
            signals = [{"signal": name, "probability": p} for name, p in _as_dict(row.signals).items()]
            whole = {"statements": [], "signals": signals, "unsure": row.unsure, "language": row.language}
            body = json.dumps(whole | {"stand_in": row.stand_in})
            sealed = self._seal(row.author, row.round_key, f"reading/{row.conversation}", body)
            _set("reading", {"conversation": row.conversation}, body=sealed)

    def _statements(self) -> None:
        for row in _rows(_SAID.format("statement")):
            whole = {name: getattr(row, name) for name in _STATEMENT} | {
                "id": row.id,
                "conversation": row.conversation,
                "author": row.author,
                "span": {"message": row.message, "start": row.start, "end": row.end},
                "shared": bool(row.shared),
            }
            sealed = self._seal(row.author, row.round_key, f"statement/{row.id}", json.dumps(whole))
            _set("statement", {"id": row.id}, body=sealed)

    def _corrections(self) -> None:
        for row in _rows(_SAID.format("correction")):
            meant = {name: getattr(row, name) for name in _MEANING}
            whole = {
                "conversation": row.conversation,
                "span": {"message": row.message, "start": row.start, "end": row.end},
                "digest": row.digest,
                "was": {name: getattr(row, f"was_{name}") for name in _MEANING},
                "meant": None if row.behaviour is None else meant,
            }
            sealed = self._seal(row.author, row.round_key, _corrected(row), json.dumps(whole))
            _set("correction", {"number": row.number}, body=sealed)

    def _reports(self) -> None:
        for row in _rows("SELECT * FROM report"):
            whole = json.loads(row.body)
            claims, at = json.dumps({"all": whole["claims"]}), f"{row.round_key}/{row.manager}"
            _set(
                "report",
                {"round_key": row.round_key, "manager": row.manager},
                body=self._seal(row.manager, "", f"report/{at}", json.dumps(whole | {"claims": []})),
                claims=self._seal(row.manager, row.round_key, f"claims/{at}", claims),
            )


class _Unlocking:
    """Puts all that is locked back in plain."""

    def everything(self) -> None:
        self._messages()
        self._conversations()
        self._readings()
        self._statements()
        self._corrections()
        self._reports()

    def _unseal(self, place: str, sealed: str) -> str:
        return unseal(context.config.attributes["keyring"].key(key_id_of(sealed)), sealed, place)

    def _messages(self) -> None:
        for row in _rows("SELECT * FROM message"):
            plain = self._unseal(f"message/{row.conversation}/{row.position}", row.content)
            _set("message", {"conversation": row.conversation, "position": row.position}, content=plain)

    def _conversations(self) -> None:
        for row in _rows("SELECT * FROM conversation"):
            state = row.interview and self._unseal(f"interview/{row.id}", row.interview)
            _set("conversation", {"id": row.id}, fingerprint=_fingerprint(row), interview=state)

    def _readings(self) -> None:
        for row in _rows("SELECT * FROM reading"):
            whole = json.loads(self._unseal(f"reading/{row.conversation}", row.body))
            signals = {one["signal"]: one["probability"] for one in whole["signals"]}
            kept = {name: whole[name] for name in ("unsure", "language", "stand_in")}
            _set("reading", {"conversation": row.conversation}, signals=json.dumps(signals), **kept)

    def _statements(self) -> None:
        for row in _rows("SELECT * FROM statement"):
            whole = json.loads(self._unseal(f"statement/{row.id}", row.body))
            _set("statement", {"id": row.id}, **{name: whole[name] for name in _STATEMENT})

    def _corrections(self) -> None:
        for row in _rows("SELECT * FROM correction"):
            whole = json.loads(self._unseal(_corrected(row), row.body))
            was = {f"was_{name}": whole["was"][name] for name in _MEANING}
            meant = {name: (whole["meant"] or {}).get(name) for name in _MEANING}
            _set("correction", {"number": row.number}, digest=whole["digest"], **was, **meant)

    def _reports(self) -> None:
        for row in _rows("SELECT * FROM report"):
            at = f"{row.round_key}/{row.manager}"
            whole = json.loads(self._unseal(f"report/{at}", row.body))
            claims = json.loads(self._unseal(f"claims/{at}", row.claims))["all"] if row.claims else []
            where = {"round_key": row.round_key, "manager": row.manager}
            _set("report", where, body=json.dumps(whole | {"claims": claims}))


def _as_dict(kept: str | dict[str, Any]) -> dict[str, Any]:
    """What a column of JSON holds: SQLite gives it as text, PostgreSQL as what it means."""
    loaded: dict[str, Any] = json.loads(kept) if isinstance(kept, str) else kept
    return loaded


def _corrected(row: Any) -> str:
    return f"correction/{row.conversation}/{row.message}/{row.start}/{row.end}"


def _fingerprint(row: Any) -> str:
    """As before: of an imported conversation, a digest of its content; of one held here, its id."""
    if row.created_at is not None:
        return f"draft:{row.round_key}:{row.kind}:{row.author}:{row.about}:{row.id}"
    query = sa.text("SELECT role, content FROM message WHERE conversation = :id ORDER BY position")
    messages = [list(message) for message in op.get_bind().execute(query, {"id": row.id})]
    content = [row.round_key, row.kind, row.author, row.about, messages]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()
