"""Sign-in links and sessions: good once, and forgotten when they end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from assistant.domain.signing_in import Link, Session
from assistant.stores.sql.store import SqlStore

MIA = "mia@acme.example"
DAY = timedelta(days=1)


def session(digest: str, now: datetime, email: str = MIA) -> Session:
    """A session that begins now and lasts for a day."""
    return Session(digest, email, "Firefox on Linux", now, now, now + DAY)


def test_a_session_comes_back_as_it_was_kept(store: SqlStore, now: datetime) -> None:
    """By the digest of its secret, and None where there is none."""
    with store.work() as work:
        work.sign_in.add_session(session("a", now))
    with store.work() as work:
        assert work.sign_in.session("a") == session("a", now)
        assert work.sign_in.session("b") is None


def test_of_many_uses_of_a_link_at_once_only_one_succeeds(store: SqlStore, now: datetime) -> None:
    """Eight threads try the same link; exactly one learns whose it is, and later ones do not."""
    with store.work() as work:
        work.sign_in.add_link(Link("a", MIA, now + DAY))

    def use() -> str | None:
        with store.work() as work:
            return work.sign_in.use_link("a", now)

    with ThreadPoolExecutor(8) as threads:
        used = [using.result() for using in [threads.submit(use) for _ in range(8)]]
    assert sorted(used, key=str) == [None] * 7 + [MIA]
    assert use() is None


@pytest.mark.parametrize(("digest", "later"), [("nothing", timedelta()), ("a", DAY), ("a", 2 * DAY)])
def test_a_link_that_is_unknown_or_too_old_is_nobodys(store: SqlStore, now: datetime, digest, later) -> None:
    """At the end of its time a link is no good any more; one that was never made never was."""
    with store.work() as work:
        work.sign_in.add_link(Link("a", MIA, now + DAY))
        assert work.sign_in.use_link(digest, now + later) is None


def test_a_new_link_makes_the_older_ones_of_that_person_worthless(store: SqlStore, now: datetime) -> None:
    """Whoever finds last week's message gets in nowhere; other people's links stay good."""
    with store.work() as work:
        work.sign_in.add_link(Link("of li", "li@acme.example", now + DAY))
        work.sign_in.add_link(Link("old", MIA, now + DAY))
        work.sign_in.add_link(Link("new", MIA, now + DAY))
        assert work.sign_in.use_link("old", now) is None
        assert work.sign_in.use_link("new", now) == MIA
        assert work.sign_in.use_link("of li", now) == "li@acme.example"


def test_a_used_link_stays_used_when_a_new_one_is_made(store: SqlStore, now: datetime) -> None:
    """It is remembered until its time is up, and then forgotten."""
    with store.work() as work:
        work.sign_in.add_link(Link("used", MIA, now + DAY))
        work.sign_in.use_link("used", now)
        work.sign_in.add_link(Link("new", MIA, now + 2 * DAY))
        assert work.sign_in.use_link("used", now) is None
        work.sign_in.forget_old_links(now + DAY)
        assert work.sign_in.use_link("new", now + DAY) == MIA


def test_sessions_are_listed_the_last_one_used_first(store: SqlStore, now: datetime) -> None:
    """Of one person, or of everybody; what was seen last is what was written last."""
    with store.work() as work:
        for digest, email in (("a", MIA), ("b", MIA), ("c", "li@acme.example")):
            work.sign_in.add_session(session(digest, now, email))
        work.sign_in.touch("b", now + timedelta(minutes=7))
        work.sign_in.touch("c", now + timedelta(minutes=9))
        assert [held.digest for held in work.sign_in.sessions(MIA)] == ["b", "a"]
        assert [held.digest for held in work.sign_in.sessions()] == ["c", "b", "a"]
        assert work.sign_in.sessions(MIA)[0].last_seen_at == now + timedelta(minutes=7)


def test_ending_a_session_leaves_the_others(store: SqlStore, now: datetime) -> None:
    """Signing out in one browser does not sign out the other."""
    with store.work() as work:
        for digest in ("a", "b"):
            work.sign_in.add_session(session(digest, now))
        work.sign_in.end_session("a")
        assert work.sign_in.session("a") is None
        assert work.sign_in.session("b") is not None


def test_all_links_and_sessions_of_a_person_end_together(store: SqlStore, now: datetime) -> None:
    """Nothing of that person is left, and nobody else notices."""
    with store.work() as work:
        for who in ("mia", "li"):
            work.sign_in.add_link(Link(f"link of {who}", f"{who}@acme.example", now + DAY))
            work.sign_in.add_session(session(f"session of {who}", now, f"{who}@acme.example"))
        work.sign_in.end_all(MIA)
        assert work.sign_in.use_link("link of mia", now) is None
        assert work.sign_in.session("session of mia") is None
        assert work.sign_in.use_link("link of li", now) == "li@acme.example"
        assert work.sign_in.session("session of li") is not None
