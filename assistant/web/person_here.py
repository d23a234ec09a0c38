"""Whose request a Gradio handler is answering: by the session, never by what the browser sends along."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import gradio as gr

from assistant.bootstrap import Parts
from assistant.domain.errors import Refused
from assistant.web.host_cookie import HostCookie
from assistant.web.rendering import render
from assistant.web.visitor import Visitor, visitor, welcome

_MOST_PAGES = 10_000
_OPENED_BY: OrderedDict[str, str] = OrderedDict()
_LOCK = Lock()


def person_here(parts: Parts, request: gr.Request) -> Visitor:
    """The visitor who clicked; raises Refused where nobody is signed in, or somebody else than when the page opened."""
    if not request.username:
        raise Refused("You are signed out. Ask the person who runs your round for a sign-in link.")
    page = request.session_hash or ""
    with _LOCK:
        opened_by = _OPENED_BY.setdefault(page, request.username)
        _OPENED_BY.move_to_end(page)
        if len(_OPENED_BY) > _MOST_PAGES:
            _OPENED_BY.popitem(last=False)
    if opened_by != request.username:
        raise Refused("Somebody else has signed in here since this page was opened. Reload the page.")
    who = welcome(parts, request.username)
    if request.request.scope.get("root_path") not in who.rooms:
        raise Refused("This page is not yours to open any more. Reload it.")
    return who


def still_here(parts: Parts, request: gr.Request) -> Callable[[], bool]:
    """Asks, each time it is called, whether the session of this request goes on."""
    held = HostCookie(parts.settings).of(request.request)
    email = request.username

    def goes_on() -> bool:
        now = visitor(parts, held)
        return now is not None and now.person.email == email

    return goes_on


def header(who: Visitor, here: str) -> str:
    """The header above every page, with the page at ``here`` marked."""
    return render("header", visitor=who, here=here)
