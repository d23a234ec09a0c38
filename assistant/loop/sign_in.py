"""Signing in by a one-time link, and out."""

from __future__ import annotations

from datetime import datetime

from assistant.domain.access import Viewer, person
from assistant.domain.errors import Refused
from assistant.domain.signing_in import LINK_LIFE, SESSION_LIFE, Link, Session, digest
from assistant.ports.store import Store


def make_link(store: Store, email: str, secret: str, now: datetime) -> None:
    """Make ``secret`` a sign-in link for a person, good once and for a day. Raises Unknown."""
    with store.work() as work:
        known = work.people.organisation().person(email)
        work.sign_in.add_link(Link(digest(secret), known.email, now + LINK_LIFE))


def sign_in(store: Store, secret: str, session_secret: str, now: datetime) -> Viewer:
    """Use up a link and begin a session under ``session_secret``. Raises Refused for a link that is not good."""
    with store.work() as work:
        link = work.sign_in.link(digest(secret))
        if link is None or link.expires_at <= now or not work.sign_in.use_link(link.digest, now):
            raise Refused("This sign-in link has been used or is too old. Ask for a new one.")
        work.sign_in.add_session(Session(digest(session_secret), link.email, now + SESSION_LIFE))
        return person(link.email)


def signed_in(store: Store, session_secret: str, now: datetime) -> Viewer | None:
    """Who signed in under this secret, as long as the session lasts and the person is known."""
    with store.work() as work:
        session = work.sign_in.session(digest(session_secret))
        if session is None or session.expires_at <= now or session.email not in work.people.organisation().people:
            return None
        return person(session.email)


def sign_out(store: Store, session_secret: str) -> None:
    """End a session."""
    with store.work() as work:
        work.sign_in.end_session(digest(session_secret))
