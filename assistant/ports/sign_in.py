"""Where sign-in links, attempts to sign in elsewhere, and sessions are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from assistant.domain.attempts import Attempt
from assistant.domain.signing_in import Link, Session


class SignIn(Protocol):
    """Links, attempts and sessions by the digest of their secret."""

    def add_link(self, link: Link) -> None:
        """Keep a new link; older ones of the same person that nobody has used are forgotten."""
        ...

    def use_link(self, digest: str, at: datetime) -> str | None:
        """Use up a link and say whose it was.

        None where it was used before, is too old, or was never made: all three by the same one step, so that of two
        uses at once only one succeeds, and nobody can tell the three apart by the time it takes.
        """
        ...

    def forget_old_links(self, at: datetime) -> None:
        """Forget links whose time was up before ``at``, used or not."""
        ...

    def add_login(self, digest: str, expires_at: datetime) -> None:
        """Keep an attempt to sign in with an account elsewhere; whose it is, nobody knows yet."""
        ...

    def use_login(self, digest: str, at: datetime) -> bool:
        """Forget an attempt; False where it was used before, is too old, or was never begun."""
        ...

    def forget_old_logins(self, at: datetime) -> None:
        """Forget attempts whose time was up before ``at``."""
        ...

    def add_attempt(self, kind: Attempt, place: str, at: datetime) -> None:
        """Remember that something was tried from a place (a digest)."""
        ...

    def attempts(self, kind: Attempt, place: str, since: datetime) -> int:
        """How often it was tried from there after ``since``."""
        ...

    def forget_old_attempts(self, at: datetime) -> None:
        """Forget what was tried at ``at`` or before."""
        ...

    def add_session(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def session(self, digest: str) -> Session | None:
        """The session, over or not."""
        ...

    def sessions(self, email: str | None = None) -> tuple[Session, ...]:
        """The sessions of a person, or of everybody, over or not, the last one used first."""
        ...

    def touch(self, digest: str, at: datetime) -> None:
        """Write down that a session was used at this time."""
        ...

    def end_session(self, digest: str) -> None:
        """Forget a session."""
        ...

    def end_all(self, email: str) -> None:
        """Forget all links and sessions of a person."""
        ...
