"""What a backup says of itself."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from assistant.domain.errors import BadInput

FILE = "manifest.json"

_Hex = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+")]


class Kind(StrEnum):
    """What is in a backup: all that is kept but the keys, or the keys alone."""

    DATA = "data"
    KEYS = "keys"


class Packed(BaseModel):
    """One file of a backup: its size in bytes, and SHA-256."""

    model_config = ConfigDict(frozen=True)

    bytes: int = Field(ge=0)
    sha256: _Hex


class Manifest(BaseModel):
    """``version`` made it, ``migration`` is that of the tables, ``counts`` are rows by table; none of keys."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1]
    kind: Kind
    version: _Version
    migration: str | None
    made_at: AwareDatetime
    files: dict[str, Packed]
    counts: dict[str, int]


def read(text: bytes, path: Path) -> Manifest:
    """The manifest of the backup at ``path``; raises BadInput where it is none, or of a later form."""
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        if any(one["loc"] == ("format",) for one in error.errors()):
            raise BadInput(f"{path} was made by a newer version of Value Loop. Install that version first.") from None
        raise BadInput(f"{path} is no backup of Value Loop: its {FILE} cannot be understood.") from None


def is_newer(version: str, than: str) -> bool:
    """Whether a version (``1.2.3``, with or without more behind it) comes after another one."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))
