"""Signing in, out, and being signed in: what the loop does with links and sessions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.access import person
from assistant.domain.errors import Refused, Unknown
from assistant.domain.organisation import Person
from assistant.domain.signing_in import MOST_SESSIONS, Lifetimes, digest
from assistant.loop.own_data import erase
from assistant.loop.sessions import end_all, end_others, end_own, own_sessions, sessions
from assistant.loop.sign_in import make_link, sign_in, sign_in_as, sign_out, signed_in
from assistant.stores.sql.store import SqlStore

MIA, LI = "mia@acme.example", "li@acme.example"
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
LIVES = Lifetimes()


@pytest.fixture
def store(tmp_path) -> Iterator[SqlStore]:
    opened = SqlStore.open(tmp_path)
    with opened.work() as work:
        work.people.save([Person(MIA, "Mia", None), Person(LI, "Li", MIA)])
    yield opened
    opened.close()


def refusal(store: SqlStore, secret: str, now: datetime = NOW) -> str:
    """The words with which a link is refused."""
    with pytest.raises(Refused) as refused:
        sign_in(store, secret, "session", now)
    return str(refused.value)


def test_used_old_and_unknown_links_are_refused_in_the_same_words(store) -> None:
    """Nobody learns from the answer whether a link was ever made."""
    make_link(store, LI, "used", NOW)
    sign_in(store, "used", "session", NOW)
    make_link(store, MIA, "old", NOW, timedelta(hours=1))
    words = {refusal(store, "used"), refusal(store, "old", NOW + timedelta(hours=1)), refusal(store, "never made")}
    assert len(words) == 1


def test_a_link_lives_as_long_as_it_was_made_for(store) -> None:
    """A minute before its end it still opens the door."""
    make_link(store, MIA, "a", NOW, timedelta(hours=4))
    assert sign_in(store, "a", "session", NOW + timedelta(hours=4, minutes=-1)) == person(MIA)


def test_a_session_ends_when_nobody_uses_it_and_lives_on_when_somebody_does(store) -> None:
    """Use every hour keeps it for its whole life; two hours without use end it for good."""
    sign_in_as(store, MIA, "busy", NOW)
    sign_in_as(store, MIA, "idle", NOW)
    for hour in range(1, 12):
        assert signed_in(store, "busy", NOW + timedelta(hours=hour)) == person(MIA)
    assert signed_in(store, "busy", NOW + LIVES.session) is None
    assert signed_in(store, "idle", NOW + LIVES.idle) is None
    assert signed_in(store, "idle", NOW) is None


def test_looking_at_a_session_often_writes_seldom(store) -> None:
    """Within five minutes nothing is written, and afterwards the time is."""
    sign_in_as(store, MIA, "a", NOW)
    seen = []
    for minutes in (1, 4, 6):
        signed_in(store, "a", NOW + timedelta(minutes=minutes))
        (held,) = own_sessions(store, person(MIA), NOW + timedelta(minutes=minutes), LIVES.idle)
        seen.append(held.last_seen_at - NOW)
    assert seen == [timedelta(), timedelta(), timedelta(minutes=6)]


def test_somebody_ends_one_of_their_sessions_or_all_the_others(store) -> None:
    """By its name; a colleague's name changes nothing, and the session one sits in stays."""
    for secret in ("here", "phone", "library"):
        sign_in_as(store, MIA, secret, NOW, f"Firefox on {secret}")
    sign_in_as(store, LI, "of li", NOW)
    end_own(store, person(MIA), digest("of li")[:16])
    end_own(store, person(MIA), digest("phone")[:16])
    assert signed_in(store, "phone", NOW) is None
    assert signed_in(store, "of li", NOW) == person(LI)
    end_others(store, person(MIA), "here")
    assert [held.device for held in own_sessions(store, person(MIA), NOW, LIVES.idle)] == ["Firefox on here"]
    assert signed_in(store, "of li", NOW) == person(LI)


def test_the_operator_sees_who_is_signed_in_and_ends_it(store) -> None:
    """Sessions that are over are not shown; ending all of a person takes an unused link with them."""
    sign_in_as(store, MIA, "a", NOW)
    sign_in_as(store, LI, "b", NOW + timedelta(hours=1))
    make_link(store, LI, "unused", NOW)
    later = NOW + LIVES.idle
    assert [held.email for held in sessions(store, None, later, LIVES.idle)] == [LI]
    assert sessions(store, "MIA@acme.example", later, LIVES.idle) == ()
    assert end_all(store, LI) == 1
    assert signed_in(store, "b", later) is None
    assert "used or is too old" in refusal(store, "unused")
    with pytest.raises(Unknown):
        sessions(store, "nobody@acme.example", NOW, LIVES.idle)


def test_a_session_ends_with_its_person(store) -> None:
    """Somebody who was erased is signed out at once, everywhere."""
    sign_in_as(store, LI, "a", NOW)
    erase(store, LI)
    assert signed_in(store, "a", NOW) is None


def test_nobody_has_endless_sessions(store) -> None:
    """Too many within a minute are refused and use no link up; over time the oldest one gives way."""
    for number in range(MOST_SESSIONS):
        sign_in_as(store, MIA, f"session {number}", NOW)
    make_link(store, MIA, "link", NOW)
    assert "Wait a minute" in refusal(store, "link")
    assert sign_in(store, "link", "one more", NOW + timedelta(minutes=1)) == person(MIA)
    assert len(sessions(store, MIA, NOW + timedelta(minutes=1), LIVES.idle)) == MOST_SESSIONS


def test_signing_out_ends_one_session(store) -> None:
    """And no other."""
    sign_in_as(store, MIA, "a", NOW)
    sign_in_as(store, MIA, "b", NOW)
    sign_out(store, "a")
    assert signed_in(store, "a", NOW) is None
    assert signed_in(store, "b", NOW) == person(MIA)
