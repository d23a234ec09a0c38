"""What admins see of the jobs that are left to workers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from assistant.background import Background
from assistant.bootstrap import Parts
from assistant.domain.errors import Broken
from assistant.domain.jobs import MOST_TRIES, NO_JOBS, Job, JobKind
from assistant.loop.example import OPEN_ROUND, fill
from assistant.loop.sign_in import make_link
from assistant.settings import Settings
from assistant.web.furnishing import admin_room
from tests.fakes.postgres_server import WITH_TABLES, PostgresServer, in_queue
from tests.web.conftest import end, running
from tests.web.test_handlers import INSIDER, Asked

ADMIN = INSIDER["/admin"]
MANAGER = "henrike@threeherons.example"
MANAGERS = 9
ONE_AT_WORK = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 hour')"
"""A worker that does nothing, and seems alive for as long as a slow machine may take."""


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
    handler = handler_of(parts, "_on_load")

    def load() -> str:
        return "".join(map(str, all_values(handler(Asked(ADMIN, "/admin")))))

    return load


def handler_of(parts: Parts, name: str) -> Callable[..., Iterator[Any]]:
    """One of the handlers of the page of rounds."""
    app = FastAPI()
    admin_room(app, parts)
    room = next(route for route in app.routes if getattr(route, "path", "") == "/admin")
    return next(one.fn for one in room.app.get_blocks().fns.values() if name in one.fn.__qualname__)


def all_values(updates: Iterator[Any]) -> list[Any]:
    return [value for update in updates for value in (update.values() if isinstance(update, dict) else [update])]


def test_an_admin_sees_what_waits_and_what_was_given_up_and_why(parts: Parts, loads: Callable[[], str]) -> None:
    """In words of the page, with the manager it is about; nothing is said where nothing is left to workers."""
    assert "Left to the workers" not in loads()
    queue = Background(parts).queue()
    queue.put([Job(JobKind.ANALYSIS, "2026-Q3", MANAGER)])
    shown = loads()
    assert "Left to the workers: 1 waits, 0 are being done." in shown
    assert "2026-Q3: 1 of 9 reports is still to be made." in shown
    assert "No worker is at work just now." in shown
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


@pytest.mark.filterwarnings("ignore::UserWarning")  # outside a page, a notice to nobody is a warning
def test_without_a_worker_at_work_the_app_makes_the_reports(parts: Parts) -> None:
    """Nothing is put where it would wait for nobody; how far it is, is shown meanwhile."""
    *shown, _last = map(str, all_values(handler_of(parts, "_on_analyse")("2026-Q3", Asked(ADMIN, "/admin"))))
    assert any("0 of 9 reports made" in text for text in shown)
    assert any("9 reports made." in text for text in shown)
    assert Background(parts).queue().now() == NO_JOBS
    assert reports_made(parts, "2026-Q3") == MANAGERS


def test_reports_are_left_to_workers_and_the_page_says_how_far_they_are(
    parts: Parts, new_page: Callable[[], Page]
) -> None:
    """It looks again and again by itself until all are made, whoever has asked for them."""
    url = parts.settings.database_url.get_secret_value()
    assert Background(parts).queue().workers() == 0
    in_queue(url, ONE_AT_WORK)
    home = parts.settings.home
    app = running(home, VALUE_LOOP_DATABASE_URL=url)
    secret = parts.new_secret()
    make_link(parts.store, ADMIN, secret, parts.now())
    page = new_page()
    page.goto(f"{app.address}/sign-in?token={secret}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("combobox", name="Round")).to_have_value(OPEN_ROUND)
    page.get_by_role("button", name="Make the reports").click()
    expect(page.get_by_text(f"{OPEN_ROUND}: 9 of 9 reports are still to be made.")).to_be_visible()
    assert reports_made(parts, OPEN_ROUND) == 0
    page.reload()
    expect(page.get_by_role("img", name=f"9 of 9 reports of {OPEN_ROUND} to be made")).to_be_visible()
    with a_worker(home, url):
        expect(page.get_by_text("still to be made")).to_have_count(0, timeout=60_000)
    expect(page.get_by_role("row", name=re.compile(OPEN_ROUND)).get_by_role("cell").last).to_have_text("9")
    assert reports_made(parts, OPEN_ROUND) == MANAGERS
    page.close()
    assert end(app) == 0


def reports_made(parts: Parts, key: str) -> int:
    """How many reports of a round there are."""
    with parts.store.work() as work:
        return len(work.reports.made(key))


@contextmanager
def a_worker(home: Path, url: str) -> Iterator[None]:
    """A worker in a process of its own until the block ends."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("VALUE_LOOP_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "worker"],
        env=environment | {"VALUE_LOOP_HOME": str(home), "VALUE_LOOP_DATABASE_URL": url},
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)
