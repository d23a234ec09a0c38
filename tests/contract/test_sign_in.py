"""Sign-in links and sessions: good once, and forgotten when they end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from assistant.domain.signing_in import Link, Session
from assistant.stores.sql.store import SqlStore


def test_links_and_sessions_come_back_as_they_were_kept(store: SqlStore, now: datetime) -> None:
    """By the digest of their secret, and None where there is none."""
    link = Link("a" * 64, "mia@acme.example", now + timedelta(days=1))
    session = Session("b" * 64, "mia@acme.example", now + timedelta(hours=12))
    with store.work() as work:
        work.sign_in.add_link(link)
        work.sign_in.add_session(session)
    with store.work() as work:
        assert work.sign_in.link(link.digest) == link
        assert work.sign_in.session(session.digest) == session
        assert work.sign_in.link(session.digest) is None
        assert work.sign_in.session(link.digest) is None


def test_of_many_uses_of_a_link_at_once_only_one_succeeds(store: SqlStore, now: datetime) -> None:
    """Eight threads try the same link; it is marked as used by exactly one, and stays known."""
    with store.work() as work:
        work.sign_in.add_link(Link("a", "mia@acme.example", now))

    def use() -> bool:
        with store.work() as work:
            return work.sign_in.use_link("a", now)

    with ThreadPoolExecutor(8) as threads:
        used = [using.result() for using in [threads.submit(use) for _ in range(8)]]
    assert sorted(used) == [False] * 7 + [True]
    with store.work() as work:
        assert work.sign_in.link("a") == Link("a", "mia@acme.example", now, used_at=now)


def test_a_link_that_was_never_made_cannot_be_used(store: SqlStore, now: datetime) -> None:
    """An unknown digest is not a use."""
    with store.work() as work:
        assert not work.sign_in.use_link("nothing", now)


def test_ending_a_session_leaves_the_others(store: SqlStore, now: datetime) -> None:
    """Signing out in one browser does not sign out the other."""
    with store.work() as work:
        for digest in ("a", "b"):
            work.sign_in.add_session(Session(digest, "mia@acme.example", now))
        work.sign_in.end_session("a")
        assert work.sign_in.session("a") is None
        assert work.sign_in.session("b") is not None


def test_all_links_and_sessions_of_a_person_end_together(store: SqlStore, now: datetime) -> None:
    """Nothing of that person is left, and nobody else notices."""
    with store.work() as work:
        for who in ("mia", "li"):
            work.sign_in.add_link(Link(f"link of {who}", f"{who}@acme.example", now))
            work.sign_in.add_session(Session(f"session of {who}", f"{who}@acme.example", now))
        work.sign_in.end_all("mia@acme.example")
        assert work.sign_in.link("link of mia") is None
        assert work.sign_in.session("session of mia") is None
        assert work.sign_in.link("link of li") is not None
        assert work.sign_in.session("session of li") is not None
