"""The vector index in a folder of our own: ids and filters, no words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from assistant.domain.indexing import Entry, Hit, Shelf
from assistant.stores.chroma.folder import Folder, in_words
from assistant.stores.chroma.owner import Owner
from assistant.stores.chroma.shelves import (
    collections_of,
    copy,
    drop_from,
    is_of_a_shelf,
    make,
    nearest_in,
    put_into,
)

_COSINE = {"hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200}}


class ChromaIndex:
    """See :class:`assistant.ports.index.Index`; owned by one process, safe to share between its threads."""

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
        with self._lock, in_words(self._folder.path):
            put_into(self._client, _COSINE, entries, vectors)

    def drop(self, entries: Sequence[Entry]) -> None:
        """Forget entries; those that are not there are no error."""
        with self._lock, in_words(self._folder.path):
            self._folder.note_drop()
            drop_from(self._client, entries, lambda collection, ids: collection.delete(ids=ids))

    def purge(self) -> None:
        """Take what was dropped off the disk, too: Chroma itself keeps deleted vectors in its files.

        Everything that is left is copied into a new folder, some 2,000 vectors a second.
        """
        with self._lock, in_words(self._folder.path):
            if not self._folder.holds_dropped:
                return
            new = self._folder.open_copy()
            for collection in self._client.list_collections():
                copy(collection, make(new, collection.name, _COSINE))
            new.close()
            self._client.close()
            self._folder.swap()
            self._client = self._folder.open()

    def near(self, shelf: Shelf, vector: Sequence[float], groups: Sequence[str], most: int) -> tuple[Hit, ...]:
        """The nearest entries of these groups, nearest first."""
        with self._lock, in_words(self._folder.path):
            return nearest_in(self._client, shelf, vector, groups, most)

    def count(self, shelf: Shelf) -> int:
        """How many entries there are."""
        with self._lock, in_words(self._folder.path):
            return sum(collection.count() for collection in collections_of(self._client, shelf))

    def _drop_shelves_that_are_no_more(self) -> None:
        """An earlier version kept vectors of what people said; they leave the disk with the next :meth:`purge`."""
        with in_words(self._folder.path):
            for collection in self._client.list_collections():
                if not is_of_a_shelf(collection):
                    self._folder.note_drop()
                    self._client.delete_collection(collection.name)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._client.close()
            self._folder.wipe()
            self._client = self._folder.open()
