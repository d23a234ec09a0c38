"""The vector index behind a Chroma server, which any number of processes share."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.errors import Broken, NoIndex
from assistant.domain.indexing import Entry, Hit, Shelf
from assistant.stores.chroma.place import Place
from assistant.stores.chroma.shelves import (
    collections_of,
    drop_from,
    is_of_a_shelf,
    nearest_in,
    put_into,
)

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

Found = TypeVar("Found")

CONNECT_SECONDS = 3.0
CALL_SECONDS = 30.0
SYNC_AFTER = 100
TRIES = 3
_ABOUT = "about-this-index"
_NOBODYS = "-"
_DROPPED, _FILLERS = "dropped", "fillers"
_COSINE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "sync_threshold": SYNC_AFTER}}


class ChromaServerIndex:
    """See :class:`assistant.ports.index.Index`; in a database of its own, safe to share between threads and processes.

    It connects when it is first used, and again where that failed, so that an app can start before its server. Raises
    NoIndex where the server does not answer, or not as it has to, and Broken where it holds vectors of another model.
    """

    def __init__(self, place: Place, fingerprint: str, *, rebuild: bool = False) -> None:
        self._place = place
        self._fingerprint = fingerprint
        self._is_to_be_emptied = rebuild
        self._connecting = threading.Lock()
        self._connected: ClientAPI | None = None

    def close(self) -> None:
        """Let go of the connection."""
        with self._connecting:
            if self._connected is not None:
                self._connected.close()
                self._connected = None

    def put(self, entries: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """Keep vectors; an entry that is there already gets the new one."""
        with self._calls() as client:
            self._check_fingerprint(client)
            put_into(client, _COSINE, entries, vectors)

    def drop(self, entries: Sequence[Entry]) -> None:
        """Forget entries; those that are not there are no error."""
        with self._calls() as client:
            drop_from(client, entries, _overwrite_and_delete)

    def purge(self) -> None:
        """Have the server write its files of vectors anew, in which what was dropped has been overwritten.

        Ids and vectors may stay in unused pages of its database until the operator's next ``chroma vacuum``.
        """
        with self._calls() as client:
            for shelf in Shelf:
                for collection in collections_of(client, shelf):
                    _write_anew(collection)

    def near(self, shelf: Shelf, vector: Sequence[float], groups: Sequence[str], most: int) -> tuple[Hit, ...]:
        """The nearest entries of these groups, nearest first."""
        with self._calls() as client:
            return asked_again(lambda: nearest_in(client, shelf, vector, groups, most))

    def count(self, shelf: Shelf) -> int:
        """How many entries there are."""
        with self._calls() as client:
            return sum(collection.count() - _fillers(collection) for collection in collections_of(client, shelf))

    def clear(self) -> None:
        """Forget everything."""
        with self._calls() as client:
            _empty(client)
            self._mark(client)

    @contextmanager
    def _calls(self) -> Iterator[ClientAPI]:
        """A client that is connected; what the server complains of is turned into words."""
        with _in_words(self._place):
            yield self._client()

    def _client(self) -> ClientAPI:
        with self._connecting:
            if self._connected is None:
                client = _connect(self._place)
                if self._is_to_be_emptied:
                    _empty(client)
                self._is_to_be_emptied = False
                self._check_fingerprint(client)
                self._connected = client
            return self._connected

    def _check_fingerprint(self, client: ClientAPI) -> None:
        """Raises Broken where the vectors there are of another model, be it that another process has put them there."""
        from chromadb.errors import NotFoundError

        try:
            about = client.get_collection(_ABOUT, embedding_function=None).metadata or {}
        except NotFoundError:
            self._mark(client)
            return
        stored = about.get("fingerprint", "")
        if stored != self._fingerprint:
            raise Broken(
                f"The index was made with another language model ({stored}; now it is {self._fingerprint}). "
                "Make it anew with: value-loop index rebuild"
            )

    def _mark(self, client: ClientAPI) -> None:
        client.get_or_create_collection(_ABOUT, metadata={"fingerprint": self._fingerprint}, embedding_function=None)


def _empty(client: ClientAPI) -> None:
    from chromadb.errors import NotFoundError

    for collection in client.list_collections():
        if is_of_a_shelf(collection) or collection.name == _ABOUT:
            with suppress(NotFoundError):
                client.delete_collection(collection.name)


def _overwrite_and_delete(collection: Collection, ids: list[str]) -> None:
    """Chroma keeps deleted vectors in its files, so another vector takes the place of each one before it is deleted."""
    held = collection.get(ids=ids, include=["embeddings"])
    if not held["ids"]:
        return
    dimension = len(held["embeddings"][0])
    collection.modify(metadata={_DROPPED: dimension, _FILLERS: _fillers(collection)})
    _put_blanks(collection, held["ids"], dimension)
    collection.delete(ids=held["ids"])


def _write_anew(collection: Collection) -> None:
    """Write so much to a collection that something was dropped from that the server writes its files of vectors.

    The entries that do it are nobody's, and the same each time.
    """
    dimension = (collection.metadata or {}).get(_DROPPED, 0)
    if dimension:
        fillers = [f"{_NOBODYS}{number}" for number in range(SYNC_AFTER + 1)]
        _put_blanks(collection, fillers, dimension)
        collection.modify(metadata={_DROPPED: 0, _FILLERS: len(fillers)})


def _fillers(collection: Collection) -> int:
    return int((collection.metadata or {}).get(_FILLERS, 0))


def _put_blanks(collection: Collection, ids: list[str], dimension: int) -> None:
    metadatas = [{"group": _NOBODYS}] * len(ids)
    collection.upsert(ids=ids, embeddings=[_blank(dimension)] * len(ids), metadatas=metadatas)


def _blank(dimension: int) -> list[float]:
    return [1.0] + [0.0] * (dimension - 1)


def _connect(place: Place) -> ClientAPI:
    """A client of the database at a place, which is made where there is none."""
    import httpx
    from chromadb import AdminClient, HttpClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError, NotFoundError

    socket.create_connection((place.host, place.port), CONNECT_SECONDS).close()  # Chroma's client would wait for ever
    settings = Settings(anonymized_telemetry=False)
    given = {"host": place.host, "port": place.port, "ssl": place.is_tls, "headers": place.headers}
    try:
        client = HttpClient(**given, settings=settings, database=place.database)
    except NotFoundError:
        with suppress(ChromaError):  # another process may have made it just now; if not, the next line says so
            AdminClient(settings).create_database(place.database)
        client = HttpClient(**given, settings=settings, database=place.database)
    client._server._session.timeout = httpx.Timeout(CALL_SECONDS, connect=CONNECT_SECONDS)  # it takes none itself
    return client


def asked_again(ask: Callable[[], Found]) -> Found:
    """What ``ask`` finds; a server that fails inside is asked up to :data:`TRIES` times.

    Chroma fails a search that meets an entry which is dropped or replaced at that moment.
    """
    from chromadb.errors import InternalError

    for _ in range(TRIES - 1):
        with suppress(InternalError):
            return ask()
    return ask()


@contextmanager
def _in_words(place: Place) -> Iterator[None]:
    """Turn what goes wrong on the way to the server, or there, into NoIndex; a mistake of ours surfaces as itself."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (OSError, httpx.HTTPError, ChromaError) as error:
        raise _out_of_reach(place, type(error).__name__) from error
    except Exception as error:
        if type(error) not in (Exception, ValueError):  # the bare kinds are Chroma's own, for what it has no kind for
            raise
        raise _out_of_reach(place, "no sense in its answer") from error


def _out_of_reach(place: Place, what: str) -> NoIndex:
    return NoIndex(
        f"The Chroma server at {place} does not serve the index ({what}). See whether it runs, and whether "
        "VALUE_LOOP_CHROMA_URL and VALUE_LOOP_CHROMA_TOKEN are right. Nothing is lost: what is new waits, and "
        "questions are answered without it."
    )
