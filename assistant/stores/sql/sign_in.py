"""Sign-in links, attempts and sessions in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.domain.attempts import Attempt
from assistant.domain.signing_in import Link, Session
from assistant.stores.sql.tables import attempt as tried
from assistant.stores.sql.tables import link as links
from assistant.stores.sql.tables import login as logins
from assistant.stores.sql.tables import session as sessions

_SESSION = [sessions.c[name] for name in ("digest", "email", "device", "started_at", "last_seen_at", "expires_at")]


class SqlSignIn:
    """See :class:`assistant.ports.sign_in.SignIn`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_link(self, link: Link) -> None:
        """Keep a new link; older ones of the same person that nobody has used are forgotten."""
        self._connection.execute(delete(links).where(links.c.email == link.email, links.c.used_at.is_(None)))
        self._connection.execute(insert(links).values(digest=link.digest, email=link.email, expires_at=link.expires_at))

    def use_link(self, digest: str, at: datetime) -> str | None:
        """Use up a link and say whose it was; None where it is not good, whatever the reason."""
        c = links.c
        good = update(links).where(c.digest == digest, c.used_at.is_(None), c.expires_at > at)
        return self._connection.execute(good.values(used_at=at).returning(c.email)).scalar()

    def forget_old_links(self, at: datetime) -> None:
        """Forget links whose time was up before ``at``, used or not."""
        self._connection.execute(delete(links).where(links.c.expires_at <= at))

    def add_login(self, digest: str, expires_at: datetime) -> None:
        """Keep an attempt to sign in with an account elsewhere."""
        self._connection.execute(insert(logins).values(digest=digest, expires_at=expires_at))

    def use_login(self, digest: str, at: datetime) -> bool:
        """Forget an attempt; False where it was used before, is too old, or was never begun."""
        good = delete(logins).where(logins.c.digest == digest, logins.c.expires_at > at)
        return self._connection.execute(good).rowcount == 1

    def forget_old_logins(self, at: datetime) -> None:
        """Forget attempts whose time was up before ``at``."""
        self._connection.execute(delete(logins).where(logins.c.expires_at <= at))

    def add_attempt(self, kind: Attempt, place: str, at: datetime) -> None:
        """Remember that something was tried from a place (a digest)."""
        self._connection.execute(insert(tried).values(kind=kind.value, place=place, at=at))

    def attempts(self, kind: Attempt, place: str, since: datetime) -> int:
        """How often it was tried from there after ``since``."""
        c = tried.c
        known = select(func.count()).where(c.kind == kind.value, c.place == place, c.at > since)
        return self._connection.execute(known).scalar_one()

    def forget_old_attempts(self, at: datetime) -> None:
        """Forget what was tried at ``at`` or before."""
        self._connection.execute(delete(tried).where(tried.c.at <= at))

    def add_session(self, session: Session) -> None:
        """Keep a new session."""
        kept = {column.name: getattr(session, column.name) for column in _SESSION}
        self._connection.execute(insert(sessions).values(**kept))

    def session(self, digest: str) -> Session | None:
        """The session, over or not."""
        row = self._connection.execute(select(*_SESSION).where(sessions.c.digest == digest)).first()
        return None if row is None else Session(*row)

    def sessions(self, email: str | None = None) -> tuple[Session, ...]:
        """The sessions of a person, or of everybody, over or not, the last one used first."""
        c = sessions.c
        chosen = select(*_SESSION).order_by(c.last_seen_at.desc(), c.started_at.desc(), c.digest)
        rows = self._connection.execute(chosen if email is None else chosen.where(c.email == email))
        return tuple(Session(*row) for row in rows)

    def touch(self, digest: str, at: datetime) -> None:
        """Write down that a session was used at this time."""
        self._connection.execute(update(sessions).where(sessions.c.digest == digest).values(last_seen_at=at))

    def end_session(self, digest: str) -> None:
        """Forget a session."""
        self._connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_all(self, email: str) -> None:
        """Forget all links and sessions of a person."""
        self._connection.execute(delete(sessions).where(sessions.c.email == email))
        self._connection.execute(delete(links).where(links.c.email == email))
