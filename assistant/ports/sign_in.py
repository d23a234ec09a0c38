"""Where sign-in links and sessions are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assistant.domain.signing_in import Link, Session


class SignIn(Protocol):
    """Links and sessions by the digest of their secret."""

    def add_link(self, link: Link) -> None:
        """Keep a new link."""
        ...

    def link(self, digest: str) -> Link | None:
        """The link, used or not."""
        ...

    def use_link(self, digest: str, at: datetime) -> bool:
        """Mark a link as used; False where it was used before, so that of two at once only one succeeds."""
        ...

    def add_session(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def session(self, digest: str) -> Session | None:
        """The session, expired or not."""
        ...

    def end_session(self, digest: str) -> None:
        """Forget a session."""
        ...

    def end_all(self, email: str) -> None:
        """Forget all links and sessions of a person."""
        ...
