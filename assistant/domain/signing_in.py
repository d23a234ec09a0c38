"""One-time links and sessions, by the digests of their secrets; the secrets themselves are stored nowhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

LINK_LIFE = timedelta(hours=24)
SESSION_LIFE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Link:
    """A sign-in link: good once, until ``expires_at``."""

    digest: str
    email: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that has signed in, until ``expires_at`` or sign-out."""

    digest: str
    email: str
    expires_at: datetime


def digest(secret: str) -> str:
    """What is stored of a secret (SHA-256, hex)."""
    return hashlib.sha256(secret.encode()).hexdigest()
