"""What proxies and monitors are told of a process."""

import sqlite3
from collections.abc import Iterator

import httpx
import pytest

from assistant.bootstrap import Parts
from assistant.loop.example import fill
from assistant.settings import Settings
from assistant.stores.sql.migrating import HEAD
from assistant.stores.sql.sqlite_file import FILE
from tests.fakes.chroma_server import ChromaServer
from tests.web.conftest import App, end, running

READY = {"ready": True, "ending": False, "missing": {}}
SOMEBODY_ELSES = {"host": "app.internal:7860"}


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A server of its own, to be ended."""
    server = ChromaServer(tmp_path_factory.mktemp("chroma"))
    yield server
    server.end()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, chroma: ChromaServer) -> Iterator[App]:
    """An app with an index on that server, once its pages are there."""
    home = tmp_path_factory.mktemp("home")
    parts = Parts(Settings(home=home))
    fill(parts.store, parts.new_id, parts.now())
    app = running(home, VALUE_LOOP_CHROMA_URL=chroma.url)
    httpx.get(f"{app.address}/team/theme.css", timeout=60)
    yield app
    assert end(app) == 0


def ready(app: App, query: str = "") -> tuple[int, dict]:
    """The status and the content of the answer."""
    answer = httpx.get(f"{app.address}/readyz{query}", headers=SOMEBODY_ELSES, timeout=20)
    return answer.status_code, answer.json()


def test_a_process_that_has_all_it_needs_is_ready(served) -> None:
    """Whatever name the machine is called by, and for anybody who asks."""
    assert ready(served) == (200, READY)
    alive = httpx.get(f"{served.address}/healthz", headers=SOMEBODY_ELSES)
    assert (alive.status_code, alive.text) == (200, "alive\n")


def test_an_index_that_is_away_is_named_and_may_be_left_out(served, chroma) -> None:
    """A monitor sees that it is missing; a proxy that asks without it goes on to send people, who are served."""
    chroma.end()
    missing = {"ready": False, "ending": False, "missing": {"index": "does not answer"}}
    assert ready(served) == (503, missing)
    assert ready(served, "?exclude=index") == (200, READY)
    chroma.start()
    assert ready(served) == (200, READY)


def test_a_database_of_another_version_is_named_and_nothing_else_of_it(served) -> None:
    """As after an update of another process on the same file; neither a path nor a name is told."""
    try:
        _set_version(served, "9999")
        assert ready(served) == (
            503,
            {"ready": False, "ending": False, "missing": {"database": "does not answer, or is of another version"}},
        )
    finally:
        _set_version(served, HEAD)
    assert ready(served) == (200, READY)


def test_what_cannot_be_left_out_is_refused(served) -> None:
    """A proxy that is set wrongly learns it at once."""
    assert httpx.get(f"{served.address}/readyz?exclude=everything").status_code == 400


def _set_version(app: App, version: str) -> None:
    with sqlite3.connect(app.home / FILE) as file:
        file.execute("UPDATE alembic_version SET version_num = ?", (version,))
    file.close()
