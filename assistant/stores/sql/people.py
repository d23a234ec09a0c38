"""People and the reporting line in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, select

from assistant.domain.organisation import Organisation, Person
from assistant.domain.words import Role
from assistant.stores.sql.database import note_erasure
from assistant.stores.sql.dialects import insert_into
from assistant.stores.sql.tables import person as table

_ROLES = {role.value: role for role in Role}
_COLUMNS = ("email", "name", "manager_email", "team", "role", "locale")
_PEOPLE = select(*(table.c[name] for name in _COLUMNS))


class SqlPeople:
    """See :class:`assistant.ports.people.People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._read: Organisation | None = None

    def organisation(self) -> Organisation:
        """Everybody as of now; read once in a transaction, in which nobody else can change it."""
        if self._read is None:
            self._read = self._found(_PEOPLE)
        return self._read

    def among(self, emails: Iterable[str]) -> Organisation:
        """Those of these people who are there, and nobody else."""
        return self._found(_PEOPLE.where(table.c.email.in_(tuple(emails))))

    def find(self, email: str) -> Person | None:
        """The person with this e-mail (lower case), if there is one."""
        row = self._connection.execute(_PEOPLE.where(table.c.email == email)).first()
        return None if row is None else _person(row)

    def save(self, people: Iterable[Person]) -> None:
        """Add or change these people; their managers exist or are among them."""
        self._read = None
        rows = [{name: getattr(person, name) for name in _COLUMNS} for person in people]
        if not rows:
            return
        new = insert_into(self._connection, table)
        changes = {name: new.excluded[name] for name in _COLUMNS if name != "email"}
        self._connection.execute(new.on_conflict_do_update(index_elements=["email"], set_=changes), rows)

    def remove(self, email: str) -> None:
        """Take a person out; who reported to them then reports to nobody."""
        self._read = None
        self._connection.execute(delete(table).where(table.c.email == email))
        note_erasure(self._connection)

    def _found(self, which: Select[Any]) -> Organisation:
        rows = self._connection.execute(which.order_by(table.c.email))
        return Organisation.of(map(_person, rows))


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    email, name, manager_email, team, role, locale = row
    return Person(email, name, manager_email, team, _ROLES[role], locale)
