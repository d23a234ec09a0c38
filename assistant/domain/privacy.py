"""What somebody is told about their words before they write, and the values on which that rests."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from assistant.domain.words import ConversationKind


@dataclass(frozen=True, slots=True)
class Handling:
    """How an installation handles words, as its settings say.

    ``retention_days`` is how long conversations are kept after their round has closed. ``model`` is the language model
    to which words are sent, and ``sends_to`` its host; both are None where the embedded engine serves.
    """

    retention_days: int
    model: str | None
    sends_to: str | None
    is_encrypted: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the whole statement, and what is said under it, sentence by sentence."""

    heading: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrivacyStatement:
    """What is told to whoever holds a conversation of this kind: in short, and whole. It names nobody."""

    kind: ConversationKind
    floor: int
    handling: Handling
    short: tuple[str, ...]
    whole: tuple[Part, ...]

    @property
    def fingerprint(self) -> str:
        """A digest of text and values (SHA-256, hexadecimal): another one where anything of it is another."""
        canonical = json.dumps(asdict(self), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def new_against(self, earlier: PrivacyStatement) -> tuple[str, ...]:
        """What is said in short now and was not in an earlier one."""
        return tuple(sentence for sentence in self.short if sentence not in earlier.short)


@dataclass(frozen=True, slots=True)
class Told:
    """That an author was told this before they wrote the message at ``position`` and those after it."""

    position: int
    statement: PrivacyStatement
