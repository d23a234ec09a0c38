"""The mark beside a database that was moved, or is being moved: nothing is read or written there any more."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.domain.errors import Broken
from assistant.stores.lasting import sync_folder


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a database was moved to (an address without a password), and whether all of it has arrived."""

    to: str
    is_done: bool


def read(path: Path) -> Mark | None:
    """The mark of the database at ``path``; None where there is none. Raises Broken where it cannot be read."""
    try:
        return Mark(**json.loads(_file(path).read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        raise Broken(f"{_file(path)} cannot be read. It says where {path} was moved to. {_BACK}") from None


def put(path: Path, mark: Mark) -> None:
    """Mark the database at ``path``; the mark is whole, and on the disk when this returns."""
    beside = _file(path).with_suffix(".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(mark), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(_file(path))
    sync_folder(path.parent)


def take_away(path: Path) -> None:
    """Let the database at ``path`` be used again."""
    _file(path).unlink(missing_ok=True)
    sync_folder(path.parent)


def refuse_if_marked(path: Path) -> None:
    """Raise Broken where the database at ``path`` is marked."""
    if not _file(path).exists():
        return
    mark = read(path)
    if mark is not None:
        how = "was moved" if mark.is_done else "is being moved, and that was not finished,"
        raise Broken(f"{path} {how} to {mark.to}. Use that one. {_BACK}")


_BACK = "To use the one here again, run: value-loop move --back"


def _file(path: Path) -> Path:
    return path.with_name(f"{path.name}.moved")
