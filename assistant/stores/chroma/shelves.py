"""Shelves as collections of Chroma, whether its files are in our folder or behind a server.

There is one collection a shelf and round, so that a query filters few vectors: filters cost more than vectors do.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.domain.indexing import Entry, Hit, Shelf

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api import ClientAPI

Item = TypeVar("Item")
Vector = Sequence[float]

_BATCH = 1000


def put_into(client: ClientAPI, like: Mapping[str, Any], entries: Sequence[Entry], vectors: Sequence[Vector]) -> None:
    """Keep vectors; an entry that is there already gets the new one. New collections are made ``like`` this."""
    parts: dict[str, list[tuple[Entry, Vector]]] = defaultdict(list)
    for entry, vector in zip(entries, vectors, strict=True):
        parts[_name(entry.shelf, entry.group)].append((entry, vector))
    for name, part in parts.items():
        collection = make(client, name, like)
        for some in batches(part):
            collection.upsert(
                ids=[entry.id for entry, _ in some],
                embeddings=[list(vector) for _, vector in some],
                metadatas=[{"group": entry.group} for entry, _ in some],
            )


def drop_from(client: ClientAPI, entries: Sequence[Entry], drop: Callable[[Collection, list[str]], object]) -> None:
    """Have ``drop`` take entries (ids) out of their collections; those that are not there are no error."""
    parts: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        parts[_name(entry.shelf, entry.group)].append(entry.id)
    for name, ids in parts.items():
        if collection := _find(client, name):
            for some in batches(ids):
                drop(collection, list(some))


def nearest_in(client: ClientAPI, shelf: Shelf, vector: Vector, groups: Iterable[str], most: int) -> tuple[Hit, ...]:
    """The nearest entries of these groups, nearest first."""
    parts: dict[str, list[str]] = defaultdict(list)
    for group in groups:
        parts[_name(shelf, group)].append(group)
    hits: list[Hit] = []
    for name, some in parts.items():
        if collection := _find(client, name):
            hits += _nearest(collection, vector, some, most)
    hits.sort(key=lambda hit: (-hit.similarity, hit.id))
    return tuple(hits[:most])


def collections_of(client: ClientAPI, shelf: Shelf) -> list[Collection]:
    """The collections that make up a shelf."""
    return [collection for collection in client.list_collections() if collection.name.startswith(f"{shelf}-")]


def is_of_a_shelf(collection: Collection) -> bool:
    """Whether it belongs to a shelf that there is."""
    return any(collection.name.startswith(f"{shelf}-") for shelf in Shelf)


def make(client: ClientAPI, name: str, like: Mapping[str, Any]) -> Collection:
    """The collection of this name, made ``like`` this where there is none."""
    return client.get_or_create_collection(name, configuration=dict(like), embedding_function=None)


def copy(old: Collection, new: Collection) -> None:
    """Put everything that one collection holds into another."""
    for offset in range(0, old.count(), _BATCH):
        page = old.get(limit=_BATCH, offset=offset, include=["embeddings", "metadatas"])
        new.upsert(ids=page["ids"], embeddings=page["embeddings"], metadatas=page["metadatas"])


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """As many at a time as one call takes."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]


def _name(shelf: Shelf, group: str) -> str:
    """The collection of a shelf and round: a digest, as a round's key may hold what Chroma does not take in a name."""
    round_key = group.partition("/")[0]
    return f"{shelf}-{hashlib.sha256(round_key.encode()).hexdigest()[:16]}"


def _find(client: ClientAPI, name: str) -> Collection | None:
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


def _nearest(collection: Collection, vector: Vector, groups: list[str], most: int) -> list[Hit]:
    from chromadb.errors import NotFoundError

    try:
        found = collection.query(
            query_embeddings=[list(vector)], n_results=most, where={"group": {"$in": groups}}, include=["distances"]
        )
    except NotFoundError:  # another process has just cleared the index
        return []
    return [Hit(one, 1 - distance) for one, distance in zip(found["ids"][0], found["distances"][0], strict=True)]
