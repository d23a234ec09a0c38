"""Where people are signed in: seen and ended by themselves, or by the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistant.domain.access import Viewer
from assistant.domain.signing_in import Session, digest
from assistant.ports.store import Store, Work


def own_sessions(store: Store, viewer: Viewer, now: datetime, idle: timedelta) -> tuple[Session, ...]:
    """The sessions of the viewer that go on, the last one used first."""
    return sessions(store, viewer.email, now, idle)


def end_own(store: Store, viewer: Viewer, name: str) -> None:
    """End one of the viewer's own sessions by its name; one that is gone, or somebody else's, is left alone."""
    with store.work() as work:
        _end(work, [session for session in work.sign_in.sessions(viewer.email) if session.name == name])


def end_others(store: Store, viewer: Viewer, session_secret: str) -> None:
    """End all sessions of the viewer but the one under ``session_secret``."""
    with store.work() as work:
        own = work.sign_in.sessions(viewer.email)
        _end(work, [session for session in own if session.digest != digest(session_secret)])


def sessions(store: Store, email: str | None, now: datetime, idle: timedelta) -> tuple[Session, ...]:
    """The sessions that go on, of a person or of everybody, for the operator. Raises Unknown."""
    with store.work() as work:
        whose = work.people.organisation().person(email).email if email else None
        held = work.sign_in.sessions(whose)
    return tuple(session for session in held if not session.is_over(now, idle))


def end_all(store: Store, email: str) -> int:
    """End all sessions of a person and make their unused links worthless; the number of sessions. Raises Unknown."""
    with store.work() as work:
        known = work.people.organisation().person(email)
        ended = len(work.sign_in.sessions(known.email))
        work.sign_in.end_all(known.email)
    return ended


def _end(work: Work, ending: list[Session]) -> None:
    for session in ending:
        work.sign_in.end_session(session.digest)
