"""Whom people can turn to, from a small TOML file of the organisation."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from assistant.domain.contacts import Contact
from assistant.domain.errors import Broken

MOST = 20

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]


class _Contact(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[Line, Field(min_length=1)]
    what: Line = ""
    phone: Line = ""
    email: Annotated[Line, Field(pattern=r"^([^@\s]+@[^@\s]+)?$")] = ""
    link: Annotated[Line, Field(pattern=r"^(https?://\S+)?$")] = ""

    @model_validator(mode="after")
    def _can_be_reached(self) -> _Contact:
        if not (self.phone or self.email or self.link):
            raise ValueError("give a phone, an email or a link, so that people can reach it")
        return self


class _Contacts(BaseModel):
    model_config = ConfigDict(extra="forbid")

    contact: Annotated[list[_Contact], Field(min_length=1, max_length=MOST)]


def load_contacts(path: Path | None) -> tuple[Contact, ...]:
    """The contacts that a file names, in its order; none where no file is set.

    Raises Broken, saying what and where, where it cannot be read or is not as it should be.
    """
    if path is None:
        return ()
    try:
        listed = _Contacts.model_validate(tomllib.loads(path.expanduser().read_text(encoding="utf-8")))
    except OSError as error:
        raise _unusable(f"The file {path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _unusable(f"{path} is not TOML in UTF-8: {error}.") from None
    except ValidationError as error:
        one = error.errors()[0]
        raise _unusable(f"{path}, {_place(one['loc'])}: {one['msg'].removeprefix('Value error, ')}.") from None
    return tuple(Contact(**one.model_dump()) for one in listed.contact)


def _place(found: tuple[int | str, ...]) -> str:
    """Where in the file: contacts are counted from 1."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in found) or "all of it"


def _unusable(why: str) -> Broken:
    return Broken(
        f"The contacts in VALUE_LOOP_CONTACTS cannot be used. {why} docs/contacts.example.toml shows the form."
    )
