"""Whether the process lives, and whether people can be sent to it: for proxies, service managers and monitors."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.bootstrap import Parts
from assistant.domain.errors import OperatorError
from assistant.domain.indexing import Shelf
from assistant.web.shift import Shift

PATIENCE_SECONDS = 2.0


class Needed(StrEnum):
    """What a process needs to serve people."""

    DATABASE = "database"
    INDEX = "index"
    ENGINE = "engine"
    PAGES = "pages"


_MISSING = {
    Needed.DATABASE: "does not answer, or is of another version",
    Needed.INDEX: "does not answer",
    Needed.ENGINE: "does not load",
    Needed.PAGES: "are still being made",
}


def readiness(parts: Parts, shift: Shift, has_pages: Callable[[], bool]) -> APIRouter:
    """The routes ``/healthz`` and ``/readyz``; neither says anything of people, nor where anything lies."""
    router = APIRouter()
    looks = _Looks(
        {
            Needed.DATABASE: lambda: parts.store.check(),
            Needed.INDEX: lambda: _ask_index(parts),
            Needed.ENGINE: lambda: _load_engine(parts),
        }
    )

    async def is_ready(exclude: Annotated[list[Needed] | None, Query()] = None) -> Response:
        missing = await looks.missing([needed for needed in looks.all if needed not in (exclude or ())])
        if not has_pages() and Needed.PAGES not in (exclude or ()):
            missing.append(Needed.PAGES)
        said = {str(needed): _MISSING[needed] for needed in missing}
        is_ready = not missing and not shift.is_ending
        content = {"ready": is_ready, "ending": shift.is_ending, "missing": said}
        return JSONResponse(content, 200 if is_ready else 503)

    router.get("/healthz")(_is_alive)
    router.get("/readyz")(is_ready)
    return router


async def _is_alive() -> Response:
    return PlainTextResponse("alive\n")


class _Looks:
    """Looks that may take their time: one of a kind at once, and nobody waits for it longer than a moment."""

    def __init__(self, looks: Mapping[Needed, Callable[[], None]]) -> None:
        self._looks = looks
        self._running: dict[Needed, asyncio.Task[bool]] = {}

    @property
    def all(self) -> tuple[Needed, ...]:
        """What is looked at."""
        return tuple(self._looks)

    async def missing(self, wanted: list[Needed]) -> list[Needed]:
        """What of it is not there, or does not say so in time."""
        tasks = {needed: self._look(needed) for needed in wanted}
        if tasks:
            await asyncio.wait(tasks.values(), timeout=PATIENCE_SECONDS)
        return [needed for needed, task in tasks.items() if not task.done() or not task.result()]

    def _look(self, needed: Needed) -> asyncio.Task[bool]:
        task = self._running.get(needed)
        if task is None or task.done():
            task = self._running[needed] = asyncio.create_task(run_in_threadpool(_is_there, self._looks[needed]))
        return task


def _is_there(look: Callable[[], None]) -> bool:
    try:
        look()
    except OperatorError:
        return False
    return True


def _ask_index(parts: Parts) -> None:
    parts.index.count(Shelf.KNOWLEDGE)


def _load_engine(parts: Parts) -> None:
    _ = parts.engine.fingerprint
