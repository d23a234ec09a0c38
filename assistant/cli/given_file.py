"""A file that was named on the command line."""

from __future__ import annotations

from pathlib import Path

from assistant.domain.errors import BadInput
from assistant.loop.incoming import check_size


def read_given(path: Path, largest: int) -> bytes:
    """The bytes of a file; raises BadInput where it cannot be read or is larger than ``largest`` bytes."""
    try:
        check_size(path.stat().st_size, largest)
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise BadInput(f"The file {path} cannot be read: {error.strerror}.") from None
    check_size(len(data), largest)
    return data
