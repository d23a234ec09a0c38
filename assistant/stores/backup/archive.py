"""One backup as one file: a ZIP of a manifest and the files it names, whole or not there."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.domain.errors import BadInput, Broken
from assistant.stores.backup import manifest
from assistant.stores.backup.manifest import Manifest, Packed

_LARGEST_MANIFEST = 1_000_000
_BLOCK = 1 << 20
_FAST = 1
_TROUBLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What the library raises for bytes that are missing or altered, wherever in the file they are."""


def measure(path: Path) -> Packed:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Packed(bytes=path.stat().st_size, sha256=digest)


def pack(about: Manifest, folder: Path, target: Path) -> None:
    """Write the files of ``folder`` that the manifest names to a new file (mode 0600), on the disk when this returns.

    Raises OSError where that fails.
    """
    with os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
            archive.writestr(manifest.FILE, about.model_dump_json(indent=2))
            for name in about.files:
                archive.write(folder / name, name)
        file.flush()
        os.fsync(file.fileno())


def look_into(path: Path) -> Manifest:
    """The manifest of a backup; raises BadInput where it is none, was cut off, or is of a newer version."""
    with _opened(path) as archive:
        return _manifest(archive, path)


def unpack(path: Path, into: Path) -> None:
    """Put the files of a backup into a folder, each checked against the manifest.

    Raises BadInput where the backup was cut off or altered, or is none; Broken where the folder cannot be written.
    """
    with _opened(path) as archive:
        about = _manifest(archive, path)
        if sorted(archive.namelist()) != sorted([manifest.FILE, *about.files]):
            raise damaged(path)
        for name, packed in about.files.items():
            _take_out(archive, name, into / name)
            if measure(into / name) != packed:
                raise damaged(path)


def damaged(path: Path) -> BadInput:
    """What to say of a backup that is not as it was made."""
    return BadInput(f"{path} is damaged: it was cut off or altered. Take another backup. Nothing was changed.")


def _take_out(archive: zipfile.ZipFile, name: str, to: Path) -> None:
    with archive.open(name) as packed:
        try:
            to.touch(mode=0o600, exist_ok=False)
            with to.open("wb") as file:
                shutil.copyfileobj(packed, file, _BLOCK)
        except OSError as error:
            raise Broken(f"The backup cannot be unpacked into {to.parent} ({error.strerror}).") from None


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read: {error.strerror}.") from None
    except _TROUBLE:
        raise damaged(path) from None


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    held = {info.filename: info for info in archive.infolist()}.get(manifest.FILE)
    if held is None or held.file_size > _LARGEST_MANIFEST:
        raise BadInput(f"{path} is no backup of Value Loop: it has no {manifest.FILE}.")
    return manifest.read(archive.read(held), path)
