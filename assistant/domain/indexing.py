"""What the vector index holds: ids and filters, no words, and no vectors of what people said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shelf(StrEnum):
    """A part of the index with one kind of thing on it."""

    FINDINGS = "findings"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing on a shelf.

    ``group`` is what queries filter by: ``<round key>/<manager's e-mail>``, empty for knowledge.
    """

    shelf: Shelf
    id: str
    group: str


@dataclass(frozen=True, slots=True)
class Task:
    """One change that the index has yet to follow; ``text`` is None where the entry is to be forgotten."""

    number: int
    entry: Entry
    text: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A near entry; ``similarity`` is the cosine, -1 to 1."""

    id: str
    similarity: float
