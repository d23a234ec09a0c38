"""What a command gives back: on stdout, or into a file that is whole or not there."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import typer

from assistant.domain.errors import BadInput


def as_json(value: Any) -> str:
    """JSON as it is printed: indented, with letters as they are."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def give(text: str, output: Path | None) -> None:
    """Print the text, or put it into a file that only its owner can read. Raises BadInput where that fails."""
    if output is None:
        typer.echo(text)
        return
    give_bytes(f"{text}\n".encode(), output)


def give_bytes(content: bytes, output: Path) -> None:
    """Put something into a file that only its owner can read. Raises BadInput where that fails."""
    try:
        _write_whole(content, output)
    except OSError as error:
        raise BadInput(f"The file {output} cannot be written: {error.strerror}.") from None


def _write_whole(content: bytes, output: Path) -> None:
    handle, beside = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(output)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
