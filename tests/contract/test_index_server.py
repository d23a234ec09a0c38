"""The vector index on a Chroma server: many processes share it, it may be away, and what was dropped is overwritten."""

from __future__ import annotations

import math
import struct
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assistant.domain.errors import Broken, NoIndex
from assistant.domain.indexing import Entry, Shelf
from assistant.stores.chroma.place import Place
from assistant.stores.chroma.server import ChromaServerIndex
from tests.fakes.chroma_server import ChromaServer

MIA = "2026-Q4/mia@acme.example"
RIGHT, UP = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)


@pytest.fixture
def place(chroma: ChromaServer) -> Place:
    """A database that nobody else uses."""
    return Place.of(f"{chroma.url}/{uuid.uuid4().hex}", None)


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """A server to end, and to look into the files of."""
    server = ChromaServer(tmp_path / "chroma")
    yield server
    server.end()


def finding(id: str, group: str = MIA) -> Entry:
    return Entry(Shelf.FINDINGS, id, group)


def ids(index: ChromaServerIndex) -> list[str]:
    return sorted(hit.id for hit in index.near(Shelf.FINDINGS, RIGHT, [MIA], 10))


def test_processes_share_one_index(place: Place) -> None:
    """What one has put the other finds, with no owner and no lock; both may begin at the same moment."""
    indexes = [ChromaServerIndex(place, "model-1") for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda index: index.count(Shelf.FINDINGS), indexes)) == [0] * 4
    indexes[0].put([finding("a")], [RIGHT])
    indexes[1].put([finding("b")], [UP])
    indexes[2].drop([finding("a")])
    assert ids(indexes[3]) == ["b"]


def test_vectors_of_another_model_are_not_mixed_in(place: Place) -> None:
    """Another fingerprint is refused with what to do; after a rebuild the process of before is refused, too."""
    first, second = ChromaServerIndex(place, "model-1"), ChromaServerIndex(place, "model-2")
    first.put([finding("a")], [RIGHT])
    with pytest.raises(Broken, match="value-loop index rebuild"):
        second.count(Shelf.FINDINGS)
    rebuilt = ChromaServerIndex(place, "model-2", rebuild=True)
    assert rebuilt.count(Shelf.FINDINGS) == 0
    with pytest.raises(Broken, match="now it is model-1"):
        first.put([finding("a")], [RIGHT])


def test_a_database_per_installation_keeps_two_apart(chroma: ChromaServer, place: Place) -> None:
    """Emptying one leaves the other as it was."""
    one, other = ChromaServerIndex(place, "m"), ChromaServerIndex(Place.of(f"{chroma.url}/other_one", None), "m")
    one.put([finding("a")], [RIGHT])
    other.put([finding("b")], [RIGHT])
    other.clear()
    assert (ids(one), ids(other)) == (["a"], [])


def test_a_server_that_is_away_is_named_and_found_again(own_server: ChromaServer) -> None:
    """The same index works on once it is back, and has what was put before."""
    index = ChromaServerIndex(Place.of(own_server.url, None), "model-1")
    index.put([finding("a")], [RIGHT])
    own_server.end()
    for attempt in (index, ChromaServerIndex(Place.of(own_server.url, None), "model-1")):
        with pytest.raises(NoIndex, match=rf"{own_server.url}/value_loop does not serve the index"):
            attempt.count(Shelf.FINDINGS)
    own_server.start()
    assert ids(index) == ["a"]


def test_what_was_dropped_is_overwritten_and_a_vacuum_takes_the_last_of_it(own_server: ChromaServer) -> None:
    """After a purge no file of vectors holds it; what its database still has in unused pages goes with a vacuum."""
    index = ChromaServerIndex(Place.of(own_server.url, None), "model-1")
    erased = (0.123456789, 0.987654321, 0.111111111)
    traces = [struct.pack("<3f", *erased), struct.pack("<3f", *_of_length_one(erased)), b"erased-one"]
    others = [finding(f"e{number}") for number in range(150)]
    index.put([finding("erased-one"), *others], [erased, *[RIGHT] * 150])
    assert len(_files_with(own_server.folder, traces)) > 1
    index.drop([finding("erased-one"), finding("never-there")])
    index.purge()
    assert _files_with(own_server.folder, traces) <= {"chroma.sqlite3"}
    assert index.count(Shelf.FINDINGS) == 150
    index.close()
    own_server.end()
    own_server.vacuum()
    assert _files_with(own_server.folder, traces) == set()
    own_server.start()
    assert index.count(Shelf.FINDINGS) == 150


def test_the_token_goes_with_each_call_and_is_named_nowhere() -> None:
    """A proxy before the server reads it in the header that Chroma's own service has; no error tells it."""
    with _proxy_that_refuses() as (address, tokens):
        index = ChromaServerIndex(Place.of(address, "of-our-own"), "model-1")
        with pytest.raises(NoIndex) as refused:
            index.count(Shelf.FINDINGS)
    assert set(tokens) == {"of-our-own"}
    assert "of-our-own" not in str(refused.value)
    assert "of-our-own" not in repr(Place.of(address, "of-our-own"))


class _proxy_that_refuses:  # noqa: N801 -- reads as a function
    """An HTTP server that answers 403 to everything, and notes the tokens that it was sent."""

    def __enter__(self) -> tuple[str, list[str | None]]:
        tokens: list[str | None] = []

        class Refusing(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                tokens.append(self.headers.get("x-chroma-token"))
                self.send_error(403)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}", tokens

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _of_length_one(vector: tuple[float, ...]) -> list[float]:
    length = math.sqrt(sum(part * part for part in vector))
    return [part / length for part in vector]


def _files_with(folder: Path, traces: list[bytes]) -> set[str]:
    contents = [(path, path.read_bytes()) for path in folder.rglob("*") if path.is_file()]
    return {path.name for path, content in contents if any(trace in content for trace in traces)}
