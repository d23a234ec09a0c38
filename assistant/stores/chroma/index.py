"""The vector index in Chroma: ids and filters, no words."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from assistant.domain.indexing import Entry, Hit, Shelf
from assistant.stores.chroma.folder import Folder, in_words
from assistant.stores.chroma.owner import Owner

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

Item = TypeVar("Item")

_BATCH = 1000
_COSINE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class ChromaIndex:
    """See :class:`assistant.ports.index.Index`; owned by one process, safe to share between its threads.

    There is one collection a shelf and round, so that a query filters few vectors: filters cost more than vectors do.
    """

    def __init__(self, folder: Folder, owner: Owner) -> None:
        self._folder = folder
        self._owner = owner
        self._lock = threading.RLock()
        self._client = folder.open()
        self._drop_shelves_that_are_no_more()

    @classmethod
    def open(cls, home: Path, fingerprint: str, *, rebuild: bool = False) -> ChromaIndex:
        """Own and open the index under ``home``, for vectors of the model that ``fingerprint`` names.

        With ``rebuild`` all that is there is thrown away first, whatever its state. Raises Busy where another process
        owns it; Broken where it holds vectors of another model, is damaged, or the folder cannot be written.
        """
        owner = Owner.of(home)
        try:
            folder = Folder(home, fingerprint)
            if rebuild:
                folder.wipe()
            return cls(folder, owner)
        except BaseException:
            owner.release()
            raise

    def close(self) -> None:
        """Let go of the folder, so that another process may own it."""
        self._client.close()
        self._owner.release()

    def put(self, entries: Sequence[Entry], vectors: Sequence[Sequence[float]]) -> None:
        """Keep vectors; an entry that is there already gets the new one."""
        parts: dict[str, list[tuple[Entry, Sequence[float]]]] = defaultdict(list)
        for entry, vector in zip(entries, vectors, strict=True):
            parts[_collection_name(entry.shelf, entry.group)].append((entry, vector))
        with self._lock, in_words(self._folder.path):
            for name, part in parts.items():
                collection = _make(self._client, name)
                for some in _batches(part):
                    collection.upsert(
                        ids=[entry.id for entry, _ in some],
                        embeddings=[list(vector) for _, vector in some],
                        metadatas=[{"group": entry.group} for entry, _ in some],
                    )

    def drop(self, entries: Sequence[Entry]) -> None:
        """Forget entries; those that are not there are no error."""
        parts: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            parts[_collection_name(entry.shelf, entry.group)].append(entry.id)
        with self._lock, in_words(self._folder.path):
            self._folder.note_drop()
            for name, ids in parts.items():
                if collection := _find(self._client, name):
                    for some in _batches(ids):
                        collection.delete(ids=some)

    def purge(self) -> None:
        """Take what was dropped off the disk, too: Chroma itself keeps deleted vectors in its files.

        Everything that is left is copied into a new folder, some 2,000 vectors a second.
        """
        with self._lock, in_words(self._folder.path):
            if not self._folder.holds_dropped:
                return
            copy = self._folder.open_copy()
            for collection in self._client.list_collections():
                _copy(collection, _make(copy, collection.name))
            copy.close()
            self._client.close()
            self._folder.swap()
            self._client = self._folder.open()

    def near(self, shelf: Shelf, vector: Sequence[float], groups: Sequence[str], most: int) -> tuple[Hit, ...]:
        """The nearest entries of these groups, nearest first."""
        parts: dict[str, list[str]] = defaultdict(list)
        for group in groups:
            parts[_collection_name(shelf, group)].append(group)
        hits: list[Hit] = []
        with self._lock, in_words(self._folder.path):
            for name, some in parts.items():
                if collection := _find(self._client, name):
                    hits += _nearest(collection, vector, some, most)
        hits.sort(key=lambda hit: (-hit.similarity, hit.id))
        return tuple(hits[:most])

    def count(self, shelf: Shelf) -> int:
        """How many entries there are."""
        with self._lock, in_words(self._folder.path):
            return sum(c.count() for c in self._client.list_collections() if c.name.startswith(f"{shelf}-"))

    def _drop_shelves_that_are_no_more(self) -> None:
        """An earlier version kept vectors of what people said; they leave the disk with the next :meth:`purge`."""
        with in_words(self._folder.path):
            for collection in self._client.list_collections():
                if not _is_of_a_shelf(collection):
                    self._folder.note_drop()
                    self._client.delete_collection(collection.name)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._client.close()
            self._folder.wipe()
            self._client = self._folder.open()


def _is_of_a_shelf(collection: Collection) -> bool:
    return any(collection.name.startswith(f"{shelf}-") for shelf in Shelf)


def _collection_name(shelf: Shelf, group: str) -> str:
    """The collection of a shelf and round: a digest, as a round's key may hold what Chroma does not take in a name."""
    round_key = group.partition("/")[0]
    return f"{shelf}-{hashlib.sha256(round_key.encode()).hexdigest()[:16]}"


def _make(client: ClientAPI, name: str) -> Collection:
    return client.get_or_create_collection(name, configuration=_COSINE, embedding_function=None)


def _find(client: ClientAPI, name: str) -> Collection | None:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _nearest(collection: Collection, vector: Sequence[float], groups: list[str], most: int) -> list[Hit]:
    found = collection.query(
        query_embeddings=[list(vector)], n_results=most, where={"group": {"$in": groups}}, include=["distances"]
    )
    return [Hit(one, 1 - distance) for one, distance in zip(found["ids"][0], found["distances"][0], strict=True)]


def _copy(old: Collection, new: Collection) -> None:
    for offset in range(0, old.count(), _BATCH):
        page = old.get(limit=_BATCH, offset=offset, include=["embeddings", "metadatas"])
        new.upsert(ids=page["ids"], embeddings=page["embeddings"], metadatas=page["metadatas"])


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
