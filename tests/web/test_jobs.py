"""What admins see of the jobs that are left to workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from assistant.background import Background
from assistant.bootstrap import Parts
from assistant.domain.errors import Broken
from assistant.domain.jobs import MOST_TRIES, Job, JobKind
from assistant.loop.example import fill
from assistant.settings import Settings
from assistant.web.furnishing import admin_room
from tests.fakes.postgres_server import WITH_TABLES, PostgresServer, in_queue
from tests.web.test_handlers import INSIDER, Asked

ADMIN = INSIDER["/admin"]
MANAGER = "henrike@threeherons.example"


@pytest.fixture
def parts(server: PostgresServer, tmp_path: Path) -> Iterator[Parts]:
    """The parts of an installation with the example on a server."""
    name = server.make(WITH_TABLES)
    made = Parts(Settings(home=tmp_path / "home", database_url=server.url_of(name), _env_file=None))
    fill(made.store, made.new_id, made.now())
    yield made
    made.store.close()
    server.drop(name)


@pytest.fixture
def loads(parts: Parts) -> Callable[[], str]:
    """Load the page of rounds for an admin; all that it shows."""
    app = FastAPI()
    admin_room(app, parts)
    room = next(route for route in app.routes if getattr(route, "path", "") == "/admin")
    handler = next(one.fn for one in room.app.get_blocks().fns.values() if "_on_load" in one.fn.__qualname__)

    def load() -> str:
        return "".join(map(str, all_values(handler(Asked(ADMIN, "/admin")))))

    return load


def all_values(updates: Iterator[Any]) -> list[Any]:
    return [value for update in updates for value in (update.values() if isinstance(update, dict) else [update])]


def test_an_admin_sees_what_waits_and_what_was_given_up_and_why(parts: Parts, loads: Callable[[], str]) -> None:
    """In words of the page, with the manager it is about; nothing is said where nothing is left to workers."""
    assert "Left to the workers" not in loads()
    queue = Background(parts).queue()
    queue.put([Job(JobKind.ANALYSIS, "2026-Q3", MANAGER)])
    assert "Left to the workers: 1 waits, 0 are being done." in loads()
    in_queue(parts.settings.database_url.get_secret_value(), "UPDATE procrastinate_jobs SET attempts = %s", MOST_TRIES)

    def fails(_job: Job) -> tuple[Job, ...]:
        raise Broken("There is no room left.")

    background_worker(parts, fails)
    shown = loads()
    assert "Left to the workers: 0 wait, 0 are being done." in shown
    assert f"The report of {MANAGER}, 2026-Q3: There is no room left." in shown


def background_worker(parts: Parts, perform: Callable[[Job], tuple[Job, ...]]) -> None:
    """Empty the queue, in a thread of its own: in this one a browser of another test may have its loop."""
    from assistant.stores.queue.worker import Worker

    worker = Worker(Background(parts).queue(), perform, lambda _error: None)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(worker.run, until_idle=True).result()
