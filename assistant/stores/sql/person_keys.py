"""Locking people's words on their way into the database, each person's and round's with a key of its own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select

from assistant.ports.keyring import Keyring
from assistant.stores.keys.cipher import derived, key_id_of, keyed_digest, new_key, seal, unseal
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.dialects import wait_for
from assistant.stores.sql.tables import data_key as table
from assistant.stores.sql.tables import doomed_key

_STAYS = ""
_COMMITMENT = "commitment/"
_FIND = select(table.c.id).where(table.c.owner == bindparam("owner"), table.c.round_key == bindparam("round_key"))
_MADE = insert(table)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose words, by e-mail: what they said in a round, or what stays when the words of the round have gone.

    What somebody wrote of a commitment has a key of its own, named in place of the round: see :func:`of_commitment`.
    """

    email: str
    round_key: str = _STAYS


def of_commitment(id: str) -> str:
    """What stands in place of a round for the key of a commitment's words; no round is called so."""
    return f"{_COMMITMENT}{id}"


def commitment_of(round_key: str) -> str | None:
    """The id of the commitment for which something stands in place of a round; None where it is a round."""
    return round_key.removeprefix(_COMMITMENT) if round_key.startswith(_COMMITMENT) else None


class SqlPersonKeys:
    """See :class:`assistant.ports.person_keys.PersonKeys`. Keys are made when they are first needed."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring
        self._ids: dict[Whose, str] = {}
        self._new: dict[str, bytes] = {}

    def seal(self, whose: Whose, place: str, text: str) -> str:
        """Text as it lies in the database; it can be opened at this place only."""
        id_ = self._id(whose)
        return seal(id_, self._key(id_), text, place)

    def unseal(self, place: str, sealed: str) -> str:
        """The text; raises Broken where it was altered or comes from another place, or its key is missing."""
        return unseal(self._key(key_id_of(sealed)), sealed, place)

    def digest(self, whose: Whose, text: str) -> str:
        """A digest by which the same text is known again, and which cannot be guessed without the key."""
        return keyed_digest(self._key(self._id(whose)), text)

    def secret(self, whose: Whose, purpose: str) -> bytes:
        """A key (32 bytes) for a purpose of its own, which tells nothing of the one that it is derived from."""
        return derived(self._key(self._id(whose)), purpose)

    def destroy(self, email: str) -> None:
        """Destroy all keys of a person once the transaction is kept."""
        self._doom(table.c.owner == email)

    def destroy_round(self, round_key: str) -> None:
        """Destroy everybody's keys to what was said in a round once the transaction is kept."""
        self._doom(table.c.round_key == round_key)

    def destroy_commitment(self, id: str) -> None:
        """Destroy the key to what a manager wrote of a commitment once the transaction is kept."""
        self._doom(table.c.round_key == of_commitment(id))

    def keep_new(self) -> None:
        """Have the keyring keep the keys that were made; they have to last before what they lock does."""
        if self._new:
            self._keyring.keep(self._new)

    def _id(self, whose: Whose) -> str:
        if whose not in self._ids:
            self._ids[whose] = self._find(whose) or self._make(whose)
        return self._ids[whose]

    def _find(self, whose: Whose) -> str | None:
        of = {"owner": whose.email, "round_key": whose.round_key}
        return self._connection.execute(_FIND, of).scalar_one_or_none()

    def _make(self, whose: Whose) -> str:
        """A new key, unless somebody else has made one meanwhile: nobody's keys are needed by many at once."""
        wait_for(self._connection, f"key {whose.round_key} {whose.email}")
        if (made := self._find(whose)) is not None:
            return made
        id_ = secrets.token_hex(16)
        self._new[id_] = new_key()
        of = {"id": id_, "owner": whose.email, "round_key": whose.round_key}
        self._connection.execute(_MADE, of)
        return id_

    def _key(self, id: str) -> bytes:
        return self._new[id] if id in self._new else self._keyring.key(id)

    def _doom(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(insert(doomed_key).from_select(["id"], select(table.c.id).where(which)))
        self._connection.execute(delete(table).where(which))
        self._ids.clear()
        note_erasure(self._connection)
