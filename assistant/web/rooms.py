"""The rooms of the app, made in the background: Gradio takes seconds to load, and the entrance need not wait for it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assistant.bootstrap import Parts
from assistant.web.fault import write_down


class Rooms:
    """An ASGI app that lets a request wait until the rooms are there."""

    def __init__(self, make: Callable[[], FastAPI]) -> None:
        self._make = make
        self._made: asyncio.Task[FastAPI] | None = None

    @property
    def are_made(self) -> bool:
        """Whether no request has to wait for them."""
        return self._made is not None and self._made.done() and self._made.exception() is None

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        """Begin to make the rooms; close them at the end."""
        async with AsyncExitStack() as opened:
            self._made = asyncio.create_task(self._open(opened))
            yield
            self._made.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to its room."""
        if self._made is None:
            raise RuntimeError("The rooms are asked for outside the app's life.")
        made = await asyncio.shield(self._made)
        await made(scope, receive, send)

    async def _open(self, opened: AsyncExitStack) -> FastAPI:
        made = await run_in_threadpool(self._make)
        await opened.enter_async_context(made.router.lifespan_context(made))
        return made


def make_rooms(parts: Parts, questions: tuple[str, ...]) -> FastAPI:
    """One Gradio app a room, side by side; ``questions`` are examples for a leader to ask."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    asyncio.set_event_loop(asyncio.new_event_loop())  # Gradio makes locks only in a thread that has a loop
    from starlette.middleware.cors import CORSMiddleware

    from assistant.web.furnishing import admin_room, leader_room, manager_room, team_room

    _keep_words_out_of_the_log()
    rooms = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    rooms.add_middleware(CORSMiddleware, allow_origins=())  # in place of Gradio's own, which lets any site in
    manager_room(rooms, parts)
    team_room(rooms, parts)
    leader_room(rooms, parts, questions)
    admin_room(rooms, parts)
    return rooms


class _KindAndPlace:
    """Stands in for the module ``traceback`` where Gradio prints errors, whose text may hold what somebody wrote."""

    @staticmethod
    def print_exc(*_: object, **__: object) -> None:
        """Log what is being handled by its kind and place."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception):
            write_down("page_failed", error)


def _keep_words_out_of_the_log() -> None:
    import gradio.queueing
    import gradio.routes

    gradio.queueing.traceback = gradio.routes.traceback = _KindAndPlace
