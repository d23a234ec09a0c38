"""The folder of the index: which model its vectors are from, and how it is made anew."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain.errors import Broken
from assistant.stores.chroma.owner import Owner

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

_HEADER = struct.Struct("<i4Q64x")
_INDEX, _COPY, _REPLACED = "index", "index.new", "index.old"
_FINGERPRINT = "fingerprint"
_DROPPED = "dropped"


class Folder:
    """``<home>/index`` with the vectors of one model; ``<home>/index.new`` while it is being copied."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        self._home = home
        self.path = home / _INDEX
        self._new = home / _COPY
        self._old = home / _REPLACED
        self._fingerprint = fingerprint

    def open(self) -> ClientAPI:
        """A client of the folder, which is made where there is none.

        Raises Broken where the vectors in it are of another model, or the folder is damaged.
        """
        self._finish_swap()
        self._check_fingerprint()
        if not all(map(_is_whole, self.path.glob("*/index_metadata.pickle"))):
            raise damaged(self.path)
        self._mark(self.path)
        return _client(self.path)

    @property
    def holds_dropped(self) -> bool:
        """Whether vectors that were dropped may still be on the disk."""
        return (self.path / _DROPPED).exists()

    def note_drop(self) -> None:
        """Remember that vectors are being dropped, until the next :meth:`swap`."""
        (self.path / _DROPPED).touch()

    def open_copy(self) -> ClientAPI:
        """A client of a new, empty folder beside this one, to be put in its place by :meth:`swap`."""
        shutil.rmtree(self._new, ignore_errors=True)
        self._mark(self._new)
        return _client(self._new)

    def swap(self) -> None:
        """Put the copy in place of the folder, both clients being closed; :meth:`open` mends a crash in between."""
        self.path.rename(self._old)
        self._finish_swap()

    def wipe(self) -> None:
        """Delete the folder with everything in it."""
        _delete(self._home)

    def _finish_swap(self) -> None:
        if self._new.exists() and not self.path.exists():
            self._new.rename(self.path)
        shutil.rmtree(self._new, ignore_errors=True)
        shutil.rmtree(self._old, ignore_errors=True)

    def _check_fingerprint(self) -> None:
        if not self.path.exists():
            return
        try:
            stored = (self.path / _FINGERPRINT).read_text()
        except (OSError, ValueError):
            raise damaged(self.path) from None
        if stored != self._fingerprint:
            raise Broken(
                f"The index was made with another language model ({stored}; now it is {self._fingerprint}). "
                "Make it anew with: value-loop index rebuild"
            )

    def _mark(self, path: Path) -> None:
        path.mkdir(mode=0o700, exist_ok=True)
        (path / _FINGERPRINT).write_text(self._fingerprint)


@contextmanager
def left_behind(home: Path) -> Iterator[None]:
    """Have the index under ``home`` to oneself; it is deleted where the block ends well, as another one is used.

    Raises Busy where another process owns it, Broken where the folder cannot be written.
    """
    owner = Owner.of(home)
    try:
        yield
        _delete(home)
    finally:
        owner.release()


def _delete(home: Path) -> None:
    for name in (_INDEX, _COPY, _REPLACED):
        shutil.rmtree(home / name, ignore_errors=True)


def _is_whole(metadata: Path) -> bool:
    """Whether the vector files beside this one are as long as their header says.

    Chroma does not look, and a file that was cut short (by a full disk, or a bad copy) makes it read beyond the end
    and takes the whole process down. A header of another version than 1 is left to Chroma.
    """
    folder = metadata.parent
    try:
        header = (folder / "header.bin").read_bytes()
        if len(header) < _HEADER.size:
            return False
        version, _, _, elements, bytes_an_element = _HEADER.unpack_from(header)
        if version != 1:
            return True
        vectors, lengths = (folder / "data_level0.bin").stat().st_size, (folder / "length.bin").stat().st_size
    except OSError:
        return False
    return bool(vectors == elements * bytes_an_element and lengths == elements * 4)


def damaged(path: Path) -> Broken:
    """What to say, and what to do, where Chroma cannot make sense of its folder."""
    return Broken(f"The index in {path} is damaged. Nothing is lost; make it anew with: value-loop index rebuild")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn Chroma's complaints about the folder at ``path`` into Broken."""
    from chromadb.errors import InternalError

    try:
        yield
    except InternalError as error:
        raise damaged(path) from error


def _client(path: Path) -> ClientAPI:
    from chromadb import PersistentClient
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import InternalError

    try:
        return PersistentClient(str(path), settings=Settings(anonymized_telemetry=False))
    except InternalError as error:
        SharedSystemClient.clear_system_cache()
        raise damaged(path) from error
