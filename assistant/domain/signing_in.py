"""One-time links and sessions, by the digests of their secrets; the secrets themselves are stored nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_LIFE = timedelta(hours=24)
SESSION_LIFE = timedelta(hours=12)
IDLE_LIFE = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=5)
MOST_SESSIONS = 20
_NAME = 16


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long a link is good, a session lasts at most, and a session lasts that nobody uses."""

    link: timedelta = LINK_LIFE
    session: timedelta = SESSION_LIFE
    idle: timedelta = IDLE_LIFE


@dataclass(frozen=True, slots=True)
class Link:
    """A sign-in link: good once, until ``expires_at``."""

    digest: str
    email: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has signed in, until ``expires_at``, sign-out, or too long without use.

    ``last_seen_at`` is written at most every :data:`SEEN_EVERY`. ``device`` is a coarse label such as Firefox on Linux.
    """

    digest: str
    email: str
    device: str
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime

    @property
    def name(self) -> str:
        """What the session is called where it is listed; it opens nothing."""
        return self.digest[:_NAME]

    def is_over(self, now: datetime, idle: timedelta) -> bool:
        """Whether its time is up, or nobody has used it for as long as ``idle``."""
        return self.expires_at <= now or self.last_seen_at + idle <= now

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to write down that it is in use."""
        return self.last_seen_at + SEEN_EVERY <= now


def digest(secret: str) -> str:
    """What is stored of a secret (SHA-256, hex)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_session(secret: str, email: str, device: str, now: datetime, lives: Lifetimes) -> Session:
    """A session that begins now under ``secret``."""
    return Session(digest(secret), email, device, now, now, now + lives.session)


def is_too_fast(held: tuple[Session, ...], now: datetime) -> bool:
    """Whether a person has signed in so often within the last minute that they have to wait."""
    return sum(session.started_at + timedelta(minutes=1) > now for session in held) >= MOST_SESSIONS


def one_too_many(held: tuple[Session, ...]) -> Session | None:
    """Which of a person's sessions ends before another begins: the one unused longest; None where there is room."""
    if len(held) < MOST_SESSIONS:
        return None
    return min(held, key=lambda session: (session.last_seen_at, session.started_at))
