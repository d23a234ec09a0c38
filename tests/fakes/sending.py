"""An organisation whose mails go to a server of a test."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.bootstrap import Parts
from assistant.delivery.security import Security
from assistant.delivery.smtp import Server
from assistant.delivery.ways import Ways
from assistant.domain.notices import Notice, ReminderPolicy
from assistant.domain.organisation import Person
from assistant.loop.announcing import Announcer
from assistant.loop.organisation import import_people
from assistant.loop.sending import Dispatched, Post, send_due
from assistant.settings import Settings
from assistant.stores.sql.store import SqlStore

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ROUND = "2026-Q4"
BOSS, LEAD, LI = "boss@acme.example", "lead@acme.example", "li@acme.example"
PEOPLE = (Person(BOSS, "Bo Boss", None), Person(LEAD, "Lea Lund", BOSS), Person(LI, "Li Wen", LEAD))
ADDRESS = "https://value-loop.acme.example"
SENDER = "value-loop@acme.example"


def a_server(port: int, security: Security = Security.NONE, **account: str) -> Server:
    """The server of a test, as settings would name it."""
    return Server("localhost", port, security, SENDER, **account)


@dataclass
class House:
    """A store, the ways out of it, and a clock that tests set."""

    home: Path
    ways: Ways
    policy: ReminderPolicy = field(default_factory=ReminderPolicy)
    now: datetime = NOON
    url: str | None = None
    keys_url: str | None = None

    def __post_init__(self) -> None:
        parts = Parts(Settings(home=self.home, keys_url=self.keys_url, _env_file=None))
        self.store = SqlStore.open(self.home, 30, parts.keyring, self.url)

    @property
    def announcer(self) -> Announcer:
        """Who tells of rounds by these ways."""
        return Announcer(frozenset(self.ways.carriers()), self.policy, lambda: self.now)

    @property
    def post(self) -> Post:
        """What sends by these ways."""
        return Post(
            carriers=self.ways.carriers(),
            address=ADDRESS,
            new_secret=lambda: secrets.token_urlsafe(32),
            now=lambda: self.now,
            policy=self.policy,
        )

    def people(self, people: Iterable[Person] = PEOPLE) -> None:
        """Bring people in."""
        import_people(self.store, tuple(people), self.announcer)

    def send(self, **later: float) -> Dispatched:
        """Send what is due, so much later."""
        self.now += timedelta(**later)
        return send_due(self.store, self.post)

    def notices(self, **which: Any) -> list[Notice]:
        """All notices of which these values hold, in order of their time."""
        with self.store.work() as work:
            ids = work.outbox._connection.exec_driver_sql("SELECT id FROM notice ORDER BY due_at, person, number")
            found = [work.outbox.find(id_) for id_ in ids.scalars().all()]
        return [one for one in found if all(getattr(one, name) == value for name, value in which.items())]


def by_mail(port: int) -> Ways:
    """Mails alone, to a server without any security."""
    return Ways(a_server(port))


def mailing(port: int) -> dict[str, str]:
    """The settings for mails by a server of the test."""
    return {
        "VALUE_LOOP_SMTP_HOST": "localhost",
        "VALUE_LOOP_SMTP_PORT": str(port),
        "VALUE_LOOP_SMTP_SECURITY": "none",
        "VALUE_LOOP_MAIL_FROM": "value-loop@acme.example",
        "VALUE_LOOP_PUBLIC_URL": "https://loop.acme.example",
    }
