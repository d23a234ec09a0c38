"""Where somebody is signed in: seen, ended, and over when its time has come."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import httpx
import pytest
from playwright.sync_api import expect

from assistant.bootstrap import Parts
from assistant.domain.access import person
from assistant.domain.organisation import Person
from assistant.domain.words import ConversationKind, Role
from assistant.loop.example import OPEN_ROUND, fill
from assistant.loop.organisation import import_people
from assistant.loop.own_data import erase
from assistant.loop.sessions import sessions
from assistant.settings import Settings
from tests.fakes.fault_server import FaultServer, fails, serving, streams
from tests.web.conftest import end, running

MEMBER, OTHER, ADMIN = "samir@threeherons.example", "tuan@threeherons.example", "kerttu@threeherons.example"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1 Version/18.1 Mobile Safari/604.1"

SPEAKER = "hiroki@threeherons.example"
WORDS = "She explains every change of the plan before it comes."


@pytest.fixture
def arrive(app, arriving_at):
    return lambda email, **headers: arriving_at(app, email, **headers)


def is_signed_in(client: httpx.Client) -> bool:
    """Whether the page of sessions is shown to this browser."""
    return client.get("/sessions").status_code == 200


def test_somebody_sees_their_sessions_and_ends_one_with_the_keyboard(app, signed_in, arrive) -> None:
    """The phone that was left in the tram: it is named, one key ends it, and the page says that nothing is left."""
    phone = arrive(MEMBER, **{"user-agent": PHONE})
    visit = signed_in(MEMBER)
    visit.page.goto(f"{app.address}/sessions")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Where you are signed in")
    expect(visit.page.get_by_text("Chrome on Linux")).to_be_visible()
    expect(visit.page.get_by_role("heading", name="Safari on iPhone")).to_be_visible()
    visit.page.get_by_role("button", name=re.compile("End Safari on iPhone")).press("Enter")
    expect(visit.page.get_by_text("You are signed in nowhere else.")).to_be_visible()
    assert not is_signed_in(phone)


def test_all_other_sessions_end_together_and_this_one_stays(arrive) -> None:
    """Two other browsers are signed out; the one that asked goes on."""
    here, there, elsewhere = (arrive(OTHER) for _ in range(3))
    assert here.post("/sessions/end-others").status_code == 303
    assert [is_signed_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_somebody_elses_session(app, arrive) -> None:
    """A name of a colleague's session, sent with the form, changes nothing; without a session nothing is listed."""
    mine, theirs = arrive(MEMBER), arrive(OTHER)
    parts = app.parts
    for held in sessions(parts.store, OTHER, parts.now(), parts.settings.lives.idle):
        assert mine.post("/sessions/end", data={"session": held.name}).status_code == 303
    assert is_signed_in(theirs)
    assert httpx.get(f"{app.address}/sessions").status_code == 303
    assert httpx.post(f"{app.address}/sessions/end-others").status_code == 303
    assert is_signed_in(theirs)


def test_a_page_of_sessions_tells_no_secret_and_no_raw_header(arrive) -> None:
    """Neither the cookie nor the digest of it nor what the browser said of itself is in the page."""
    client = arrive(MEMBER, **{"user-agent": PHONE + " <b>odd</b>"})
    page = client.get("/sessions").text
    assert client.cookies["value_loop_session"] not in page
    assert not re.search(r"\b[0-9a-f]{64}\b", page)
    assert "odd" not in page
    assert "18_1" not in page


@pytest.mark.parametrize("column", ["last_seen_at", "expires_at"])
def test_a_session_is_over_when_it_is_unused_or_old(app, arrive, column) -> None:
    """Whatever the cookie says: the app itself knows the time."""
    client = arrive(OTHER)
    assert is_signed_in(client)
    with closing(sqlite3.connect(app.home / "value-loop.sqlite3", timeout=30)) as file, file:
        file.execute(f"UPDATE session SET {column} = '2026-01-01 00:00:00.000000' WHERE email = ?", (OTHER,))  # noqa: S608
    assert not is_signed_in(client)
    refused = client.post("/team/gradio_api/queue/join", json={"data": [], "fn_index": 0, "session_hash": "x"})
    assert refused.status_code == 401


def test_a_changed_role_and_an_erasure_hold_from_the_next_request(own_app, arriving_at) -> None:
    """An admin who is one no more, and somebody who was erased, are kept out with the session they have."""
    parts = own_app.parts
    admin, leaver = arriving_at(own_app, ADMIN), arriving_at(own_app, OTHER)
    with parts.store.work() as work:
        was = work.people.organisation().person(ADMIN)
    assert admin.get("/admin/config").status_code == 200
    import_people(parts.store, [Person(was.email, was.name, was.manager_email, was.team, Role.NONE)])
    assert admin.get("/admin/config").status_code == 403
    assert is_signed_in(leaver)
    erase(parts.store, OTHER)
    assert not is_signed_in(leaver)
    assert leaver.get("/team/config").status_code == 401


@pytest.fixture
def slow_model() -> Iterator[tuple[FaultServer, Event, Event]]:
    """A language model's server that waits for the test: the server, what tells that it was asked, and the go.

    It keeps nobody waiting before something was said.
    """
    asked, go = Event(), Event()

    def wait(handler) -> None:
        if WORDS not in json.dumps(handler.body):
            streams("What did they bring?")(handler)
            return
        asked.set()
        go.wait(120)
        fails(500)(handler)

    with serving(wait) as server:
        yield server, asked, go
        go.set()


def test_a_stream_that_is_running_ends_when_its_person_signs_out(tmp_path, arriving_at, slow_model) -> None:
    """Signed out while the answer is made: the message is kept, and nothing of what follows reaches the old page."""
    server, asked, go = slow_model
    home = tmp_path / "home"
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    app = running(home, VALUE_LOOP_MODEL="openai:small", OPENAI_BASE_URL=server.url, OPENAI_API_KEY="sk-test")
    try:
        client = arriving_at(app, SPEAKER)
        begin, say = "/team/gradio_api/queue/join", {"session_hash": "a", "trigger_id": None, "event_data": None}
        named = {one["api_name"]: one["id"] for one in client.get("/team/config").json()["dependencies"]}
        client.post(begin, json=say | {"fn_index": named["_on_load"], "data": []})
        opened = client.get("/team/gradio_api/queue/data", params={"session_hash": "a"}).text
        told = re.search(r"[0-9a-f]{64}", opened).group()
        history = [{"role": "assistant", "content": [{"type": "text", "text": "What did they bring?"}]}]
        client.post(begin, json=say | {"fn_index": named["_on_say"], "data": [None, told, history, WORDS]})
        with client.stream("GET", "/team/gradio_api/queue/data", params={"session_hash": "a"}) as stream:
            pieces = stream.iter_text()
            seen = next(pieces)
            assert asked.wait(60)
            httpx.post(f"{app.address}/sign-out", cookies=dict(client.cookies))
            go.set()
            seen += "".join(pieces)
        assert "process_completed" not in seen
    finally:
        end(app)
    with parts.store.work() as work:
        (held,) = work.conversations.mine(OPEN_ROUND, ConversationKind.FEEDBACK, person(SPEAKER))
    assert WORDS in [message.content for message in held.messages]
