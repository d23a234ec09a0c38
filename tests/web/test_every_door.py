"""Every route and every handler of every page, tried by everybody: allowed or refused as one table says."""

import re
from collections.abc import Callable, Iterable, Iterator

import httpx
import pytest
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from assistant.bootstrap import Parts
from assistant.settings import Settings
from assistant.web.application import build
from tests.web.conftest import ADMIN, LEADER, MANAGER, MEMBER, App

NOBODY = ""
EVERYBODY = (NOBODY, MEMBER, MANAGER, LEADER, ADMIN)
ROOMS = {
    "/team": {MEMBER, MANAGER, ADMIN},
    "/manager": {MANAGER, LEADER},
    "/leader": {LEADER},
    "/admin": {ADMIN},
}
"""Who is let into which room: all that follows a person's parts in the loop, and nobody who is not signed in."""
PAGES = {
    "/team": {""},
    "/manager": {"", "report"},
    "/leader": {"", "brief"},
    "/admin": {""},
}
TALKING = {
    "_on_say", "on_click", "_on_finish", "_on_back", "_on_send", "_on_more", "_on_again", "_on_take_back", "_on_leave",
    "_on_draft_again", "_on_delete",
}  # fmt: skip
HANDLERS = {
    "/team": {"_on_load", *TALKING},
    "/manager": {"_on_load", "_on_choose", "_on_begin_rehearsal", "_on_rehearse", *TALKING},
    "/leader": {"_on_load", "_on_ask", "_on_pick", "on_example"},
    "/admin": {"_on_load", "_on_look", "_on_open", "_on_close", "_on_analyse"},
}
ROUTES = {
    ("GET", "/"): "anybody",
    ("GET", "/sign-in"): "anybody; it opens nothing",
    ("POST", "/sign-in"): "whoever holds a link",
    ("POST", "/sign-out"): "anybody; it ends the own session",
    ("POST", "/look"): "anybody in the demo, as one of its guests",
    ("GET", "/robots.txt"): "anybody",
    ("GET", "/healthz"): "anybody; it tells of the process alone",
    ("GET", "/readyz"): "anybody; it tells of the process alone",
    ("GET", "/favicon.svg"): "anybody",
    ("GET", "/favicon.ico"): "anybody",
    ("GET", "/sessions"): "whoever is signed in, about own sessions",
    ("POST", "/sessions/end"): "whoever is signed in, about own sessions",
    ("POST", "/sessions/end-others"): "whoever is signed in, about own sessions",
    ("GET", "/looked"): "whoever is signed in, about looks at themselves and their teams",
    ("GET", "/reminders"): "anybody; it changes nothing",
    ("POST", "/reminders"): "whoever holds a mail, about reminders to its person",
    ("GET", "/commitments"): "whoever is signed in, about what they have taken on",
    ("POST", "/commitments"): "whoever is signed in, from their own report",
    ("POST", "/commitments/note"): "whoever is signed in, about what they have taken on",
    ("POST", "/commitments/close"): "whoever is signed in, about what they have taken on",
    ("GET", "/commitments/{id}.ics"): "whoever is signed in, about what they have taken on",
    ("GET", "/report/{round_key}.pdf"): "whoever is signed in, about their own report",
    ("GET", "/insight"): "whoever is signed in, about the teams below them where they are a leader",
    ("GET", "/insight.{kind}"): "whoever is signed in, about the teams below them where they are a leader",
    ("GET", "/insight/report"): "whoever is signed in, about a manager below them who shares it",
    ("POST", "/report/sharing"): "whoever is signed in, about their own report",
    ("POST", "/understood"): "whoever is signed in, about own words",
    ("POST", "/understood/words"): "whoever is signed in, about own words",
    ("POST", "/understood/sharing"): "whoever is signed in, about own words",
    ("POST", "/understood/name"): "whoever is signed in, about own words",
}
"""Our own routes, and who may use them. What a new one is for has to be said here."""


@pytest.fixture
def client_of(app: App, client_of: Callable[[str], httpx.Client]) -> Iterator[Callable[[str], httpx.Client]]:
    """Somebody who has signed in, or nobody in particular."""
    with httpx.Client(base_url=app.address, timeout=60) as nobody:
        yield lambda email: client_of(email) if email else nobody


def dependencies(client: httpx.Client, room: str) -> list[dict]:
    """What the page itself would call, as it is told to the browser."""
    return client.get(f"{room}/config").raise_for_status().json()["dependencies"]


def test_every_route_of_ours_is_in_the_table(tmp_path) -> None:
    """A new route needs a decision about who may use it."""
    app = build(Parts(Settings(home=tmp_path)))
    assert {route.path for route in app.routes if isinstance(route, Mount)} == {"/static"}
    assert {(method, r.path) for r in _routes(app.routes) for method in r.methods - {"HEAD"}} == set(ROUTES)


def _routes(given: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """All routes, those of routers that were put in among them."""
    for route in given:
        if isinstance(route, APIRoute):
            yield route
        elif not isinstance(route, Mount):
            yield from _routes(route.original_router.routes)


def test_every_room_and_page_is_in_the_table(client_of) -> None:
    """A new room or page needs a decision about whose it is."""
    for room, whose in ROOMS.items():
        told = client_of(min(whose)).get(f"{room}/config").json()
        assert {page[0] for page in told["pages"]} == PAGES[room]


def test_every_handler_is_in_the_table(client_of) -> None:
    """A new handler needs a decision about whose it is."""
    for room, whose in ROOMS.items():
        found = {
            re.sub(r"_\d+$", "", d["api_name"]) for d in dependencies(client_of(min(whose)), room) if d["api_name"]
        }
        assert found == HANDLERS[room], room


@pytest.mark.parametrize("email", EVERYBODY)
def test_everybody_gets_into_their_own_rooms_and_no_other(client_of, email) -> None:
    """Each page, its description, its handlers and its streams: open to those of the table, closed to the others."""
    client = client_of(email)
    for room, whose in ROOMS.items():
        handlers = [d["id"] for d in dependencies(client_of(min(whose)), room)]
        addresses = [f"{room}/{page}" for page in PAGES[room]] + [f"{room}/config"]
        refused = 401 if email == NOBODY else 403
        for address in addresses:
            assert client.get(address).status_code == (200 if email in whose else refused), (email, address)
        if email in whose:
            continue
        for handler in handlers:
            call = {"data": [], "fn_index": handler, "session_hash": "abc"}
            assert client.post(f"{room}/gradio_api/queue/join", json=call).status_code == refused, (
                email,
                room,
                handler,
            )
        assert client.get(f"{room}/gradio_api/queue/data?session_hash=abc").status_code == refused


def test_own_words_are_corrected_by_whoever_is_signed_in_and_nobody_else(client_of) -> None:
    """Without a session nothing is looked up; with one, a conversation of somebody else is not there."""
    form = {"conversation": "1", "message": 0, "start": 0, "end": 1, "number": 1, "says": "right"}
    assert client_of(NOBODY).post("/understood", data=form).status_code == 401
    assert client_of(MEMBER).post("/understood", data=form).status_code == 409
