"""The reader log as a chain, so that it cannot be changed without that being found.

Each entry carries a digest over itself and the digest of the one before, so that none can be changed, taken out or put
in between without every later digest telling. :data:`FORMAT` is the form of what is digested: SHA-256, in hexadecimal
digits, over the ASCII bytes of one JSON object without spaces, its keys in alphabetical order::

    {"about":[e-mails in the order of the entry],"asked":null or {"fundamentals":[...],"kinds":[...],"measure":"..."},
     "at":"2026-11-23T09:30:00.000000+00:00","capacity":"...","format":1,"looked":"...","outcome":"...",
     "previous":"64 hexadecimal digits","reader":"...","round":"..."}

``previous`` is the digest of the entry before, and :data:`BEGINNING` for the first. What stands after the newest entry
that somebody noted elsewhere (the head) cannot be proven to be complete; what stands up to it can.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC

from assistant.domain.reading_log import LogEntry

FORMAT = 1
BEGINNING = "0" * 64

_LOST = (
    "The head that was noted is not in this log. Entries up to it were changed or taken out, or it is the head of "
    "another log."
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place: ``number`` counts from 1, ``digest`` is over the entry and ``previous``."""

    number: int
    entry: LogEntry
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole chain found: how many entries, the newest digest, and where it breaks, if it does."""

    entries: int
    head: str
    broken: str | None = None


def digest(entry: LogEntry, previous: str) -> str:
    """The digest of an entry that follows on the one with the digest ``previous``."""
    content = {
        "about": entry.about,
        "asked": None if entry.asked is None else asdict(entry.asked),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "capacity": entry.capacity,
        "format": FORMAT,
        "looked": entry.looked,
        "outcome": entry.outcome,
        "previous": previous,
        "reader": entry.reader,
        "round": entry.round_key,
    }
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def verify(chain: Iterable[Link], noted: str | None = None) -> Verdict:
    """Check every entry of a chain, oldest first, and that the head ``noted`` at an earlier time is still in it.

    Whoever writes the log anew from some entry on gets other digests from there, so a head that was noted after that
    entry is lost; so is one of an entry that was cut off.
    """
    head, count, is_there = BEGINNING, 0, noted in {None, BEGINNING}
    for link in chain:
        if broken := _broken(link, count + 1, head):
            return Verdict(count, head, broken)
        head, count = link.digest, count + 1
        is_there = is_there or head == noted
    return Verdict(count, head, None if is_there else _LOST)


def _broken(link: Link, number: int, head: str) -> str | None:
    if link.number != number:
        return f"Entry {number} is missing; entry {link.number} follows on entry {number - 1}."
    if link.previous != head:
        return f"Entry {number} does not follow on the entry before it."
    if link.digest != digest(link.entry, head):
        return f"Entry {number} is not as it was when it was written."
    return None
