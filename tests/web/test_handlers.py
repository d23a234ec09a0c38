"""Every handler of every Gradio page guards itself, so that one gate left open opens no second."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr
import httpx
import pytest
from fastapi import FastAPI

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.settings import Settings
from assistant.web.furnishing import admin_room, leader_room, manager_room, team_room
from assistant.web.visitor import ROOMS

MANAGER, MEMBER, LEADER = "henrike@threeherons.example", "bronagh@threeherons.example", "solveig@threeherons.example"
INSIDER = {"/manager": MANAGER, "/team": MEMBER, "/leader": LEADER, "/admin": "kerttu@threeherons.example"}
OUTSIDER = {"/manager": MEMBER, "/team": LEADER, "/leader": MEMBER, "/admin": MANAGER}
BUTTON_FREED = {"interactive": True, "__type__": "update"}
Handler = tuple[str, Callable[..., Iterator[Any]]]


@pytest.fixture(scope="module")
def handlers(tmp_path_factory) -> list[Handler]:
    """The handlers of every room as the app makes them, each with its room, on a home with people in it."""
    parts = Parts(Settings(home=tmp_path_factory.mktemp("rooms"), _env_file=None))
    fill(parts.store, parts.new_id, parts.now())
    app = FastAPI()
    manager_room(app, parts)
    team_room(app, parts)
    leader_room(app, parts, ("Where do teams wait?",))
    admin_room(app, parts)
    mounted = {route.path: route.app.get_blocks() for route in app.routes if getattr(route, "path", "") in ROOMS}
    assert set(mounted) == set(ROOMS)
    return [(room, one.fn) for room, blocks in mounted.items() for one in blocks.fns.values()]


class Asked:
    """A request as a handler sees it: who is signed in, and in which room."""

    def __init__(self, username: str | None, room: str) -> None:
        self.username = username
        self.session_hash = f"of {username} in {room}"
        self.request = httpx.Request("POST", "http://127.0.0.1")
        self.request.scope = {"root_path": room}
        self.request.cookies = {}


def given(handler: Callable[..., Iterator[Any]], asked: Asked) -> list[Any]:
    """All that a handler gives to this request, but for leaving the page as it is."""
    values = [asked if name == "request" else None for name in inspect.signature(handler).parameters]
    return [one for one in handler(*values) if one != gr.skip() and not frees_a_button(one)]


def frees_a_button(update: Any) -> bool:
    """Whether all that an update does is to let a button be pressed again."""
    return isinstance(update, dict) and [*update.values()] == [BUTTON_FREED]


@pytest.mark.filterwarnings("ignore::UserWarning")  # outside a page, a notice to nobody is a warning
def test_every_handler_asks_who_is_there_before_it_gives_anything(handlers) -> None:
    """Called past the gate by nobody, or by somebody whose room it is not, each leaves the page as it is.

    A new handler that forgets to ask gives something, and fails here.
    """
    assert len(handlers) >= 15
    for room, handler in handlers:
        for username in (None, OUTSIDER[room]):
            assert given(handler, Asked(username, room)) == [], (room, handler, username)


def test_an_answer_in_a_rehearsal_that_gets_no_reply_is_given_back(handlers) -> None:
    """Here as no model is connected: the chat is as it was before, and the words are in the box again."""
    rehearse = next(handler for _, handler in handlers if "_on_rehearse" in handler.__qualname__)
    asked = {"role": "assistant", "content": [{"type": "text", "text": "Do you know who wrote what?"}]}
    with pytest.warns(UserWarning, match="No language model is connected"):
        updates = [*rehearse([asked], "I do not.", Asked(MANAGER, "/manager"))]
    *_, given_back, freed = updates
    chat, box = given_back.values()
    assert [one["content"] for one in chat] == ["Do you know who wrote what?"]
    assert box == "I do not."
    assert [*freed.values()] == [BUTTON_FREED]


def test_every_page_opens_for_somebody_whose_room_it_is(handlers) -> None:
    """So the test above would see a handler that gives something."""
    opening = [(room, handler) for room, handler in handlers if "_on_load" in handler.__qualname__]
    assert len(opening) >= len(ROOMS)
    for room, handler in opening:
        assert given(handler, Asked(INSIDER[room], room)) != [], (room, handler)
