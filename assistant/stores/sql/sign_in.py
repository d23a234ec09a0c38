"""Sign-in links and sessions in SQL."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from assistant.domain.signing_in import Link, Session
from assistant.stores.sql.tables import link as links
from assistant.stores.sql.tables import session as sessions


class SqlSignIn:
    """See :class:`assistant.ports.sign_in.SignIn`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_link(self, link: Link) -> None:
        """Keep a new link."""
        self._connection.execute(
            insert(links).values(digest=link.digest, email=link.email, expires_at=link.expires_at, used_at=link.used_at)
        )

    def link(self, digest: str) -> Link | None:
        """The link, used or not."""
        c = links.c
        row = self._connection.execute(
            select(c.digest, c.email, c.expires_at, c.used_at).where(c.digest == digest)
        ).first()
        return None if row is None else Link(*row)

    def use_link(self, digest: str, at: datetime) -> bool:
        """Mark a link as used; False where it was used before, so that of two at once only one succeeds."""
        unused = update(links).where(links.c.digest == digest, links.c.used_at.is_(None))
        return self._connection.execute(unused.values(used_at=at)).rowcount == 1

    def add_session(self, session: Session) -> None:
        """Keep a new session."""
        self._connection.execute(
            insert(sessions).values(digest=session.digest, email=session.email, expires_at=session.expires_at)
        )

    def session(self, digest: str) -> Session | None:
        """The session, expired or not."""
        c = sessions.c
        row = self._connection.execute(select(c.digest, c.email, c.expires_at).where(c.digest == digest)).first()
        return None if row is None else Session(*row)

    def end_session(self, digest: str) -> None:
        """Forget a session."""
        self._connection.execute(delete(sessions).where(sessions.c.digest == digest))

    def end_all(self, email: str) -> None:
        """Forget all links and sessions of a person."""
        self._connection.execute(delete(sessions).where(sessions.c.email == email))
        self._connection.execute(delete(links).where(links.c.email == email))
