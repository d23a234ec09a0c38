"""Signing in by a one-time link, and out."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.domain.access import Viewer, person
from assistant.domain.errors import Refused
from assistant.domain.signing_in import (
    LINK_LIFE,
    Lifetimes,
    Link,
    digest,
    is_too_fast,
    new_session,
    one_too_many,
)
from assistant.ports.store import Store, Work

_USUAL = Lifetimes()


def make_link(store: Store, email: str, secret: str, now: datetime, life: timedelta = LINK_LIFE) -> None:
    """Make ``secret`` a sign-in link for a person, good once and for ``life``. Raises Unknown.

    Links made for the person before, and not used, are no good any more.
    """
    with store.work() as work:
        known = work.people.organisation().person(email)
        work.sign_in.forget_old_links(now)
        work.sign_in.add_link(Link(digest(secret), known.email, now + life))


def sign_in(
    store: Store, secret: str, session_secret: str, now: datetime, device: str = "", lives: Lifetimes = _USUAL
) -> Viewer:
    """Use up a link and begin a session under ``session_secret``; ``device`` is what the session is shown as.

    Raises Refused, in the same words, for a link that is used, too old, or was never made; and where the person has
    signed in too often within a minute, which uses nothing up.
    """
    with store.work() as work:
        email = work.sign_in.use_link(digest(secret), now)
        if email is None or email not in work.people.organisation().people:
            raise Refused("This sign-in link has been used or is too old. Ask for a new one.")
        return begin_session(work, email, session_secret, device, now, lives)


def sign_in_as(
    store: Store, email: str, session_secret: str, now: datetime, device: str = "", lives: Lifetimes = _USUAL
) -> Viewer:
    """Begin a session for somebody who needs no link: a guest of the demo. Raises Unknown, and Refused as above."""
    with store.work() as work:
        known = work.people.organisation().person(email)
        return begin_session(work, known.email, session_secret, device, now, lives)


def begin_session(work: Work, email: str, session_secret: str, device: str, now: datetime, lives: Lifetimes) -> Viewer:
    """Begin a session of a known person, within a transaction; of too many, the one unused longest ends."""
    held = work.sign_in.sessions(email)
    if is_too_fast(held, now):
        raise Refused("You have signed in many times within a minute. Wait a minute, then use your link again.")
    for session in held:
        if session.is_over(now, lives.idle):
            work.sign_in.end_session(session.digest)
    ending = one_too_many(tuple(session for session in held if not session.is_over(now, lives.idle)))
    if ending is not None:
        work.sign_in.end_session(ending.digest)
    work.sign_in.add_session(new_session(session_secret, email, device, now, lives))
    return person(email)


def signed_in(store: Store, session_secret: str, now: datetime, lives: Lifetimes = _USUAL) -> Viewer | None:
    """Who signed in under this secret, as long as the session lasts and the person is known."""
    with store.work() as work:
        session = work.sign_in.session(digest(session_secret))
        if session is None or session.email not in work.people.organisation().people:
            return None
        if session.is_over(now, lives.idle):
            work.sign_in.end_session(session.digest)
            return None
        if session.is_due(now):
            work.sign_in.touch(session.digest, now)
        return person(session.email)


def sign_out(store: Store, session_secret: str) -> None:
    """End a session."""
    with store.work() as work:
        work.sign_in.end_session(digest(session_secret))
