"""Where the keys to people's words are kept, apart from the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol


class Keyring(Protocol):
    """Data keys (32 bytes) by random ids (32 hexadecimal digits); whose they are is not written here."""

    @property
    def advice(self) -> str:
        """What to do where keys are missing, as sentences."""
        ...

    def make_ready(self) -> None:
        """Make what is not there yet; to be called once it is clear that no key was lost."""
        ...

    def keep(self, keys: Mapping[str, bytes]) -> None:
        """Keep new keys, all of them or none; they last when this returns."""
        ...

    def key(self, id: str) -> bytes:
        """The key; raises Broken where it is not there."""
        ...

    def destroy(self, ids: Iterable[str]) -> None:
        """Destroy keys for good; those that are not there are no error."""
        ...

    def kept(self) -> frozenset[str]:
        """The ids of all keys."""
        ...

    def destroyed(self) -> frozenset[str]:
        """The ids of the keys that were destroyed, so that an old copy of the words is known for what it is."""
        ...

    def take_in(self, home: Path) -> None:
        """Add the keys of the copy under another home folder; what was destroyed in either stays destroyed."""
        ...
