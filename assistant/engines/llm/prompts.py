"""Prompts as values: a text of ``prompts/`` read strictly, and filled strictly.

A variable belongs to us or to people. What people wrote may stand in the human part only, between marks of its own, and
cannot write those marks itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.domain.errors import Broken

_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"^# (System|Human)$", re.MULTILINE)
_PART = re.compile(r"^@part ([a-z-]+)$", re.MULTILINE)
_PLACE = re.compile(r"\{([a-z_]+)\}")
_DIGITS = 8


class Purpose(StrEnum):
    """What a prompt is for, and so which model it goes to."""

    FAST = "fast"
    CAREFUL = "careful"


class Whose(StrEnum):
    """Who wrote what a variable holds."""

    OURS = "ours"
    PEOPLE = "people"


class _Front(BaseModel):
    """What stands on top of a prompt file."""

    model_config = ConfigDict(extra="forbid", strict=False)

    name: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    version: Annotated[int, Field(ge=1)]
    purpose: Purpose
    variables: dict[str, Whose] = {}
    answers: str
    tokens: Annotated[int, Field(ge=1)]


@dataclass(frozen=True, slots=True)
class Filled:
    """A prompt with its variables in place: ``system`` holds nobody's words and may be empty."""

    system: str
    human: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt.

    ``fingerprint`` is the beginning of the SHA-256 of its body; ``answers`` names the typed answer, ``tokens`` is how
    long it is at most.
    """

    name: str
    version: int
    purpose: Purpose
    variables: Mapping[str, Whose]
    answers: str
    tokens: int
    system: str
    human: str
    fingerprint: str

    def __str__(self) -> str:
        """Name, version and fingerprint, as it is kept beside an answer."""
        return f"{self.name}@{self.version}-{self.fingerprint}"

    def filled(self, **values: str) -> Filled:
        """The prompt with these values; raises TypeError where one is missing or not a variable of it."""
        if values.keys() != self.variables.keys():
            raise TypeError(f"{self.name} takes {sorted(self.variables)}, and was given {sorted(values)}.")
        safe = {name: _unmarked(v) if self.variables[name] is Whose.PEOPLE else v for name, v in values.items()}
        return Filled(_put(self.system, safe), _put(self.human, safe))


def parse_prompt(text: str) -> Prompt:
    """The prompt that a file holds; raises Broken where it is not as it should be."""
    split = _FRONT.match(text)
    if split is None:
        raise Broken("A prompt begins with its front matter between two lines of ---.")
    try:
        front = _Front.model_validate(yaml.safe_load(split[1]))
    except (ValidationError, yaml.YAMLError) as error:
        raise Broken(f"The front matter of a prompt is not as it should be: {_first(error)}") from None
    parts = _parts(split[2])
    _check(front, parts)
    return Prompt(
        front.name,
        front.version,
        front.purpose,
        dict(front.variables),
        front.answers,
        front.tokens,
        parts.get("System", ""),
        parts["Human"],
        hashlib.sha256(split[2].encode()).hexdigest()[:_DIGITS],
    )


def load_prompts(folder: Path) -> dict[str, Prompt]:
    """All prompts of a folder by name, with shared parts (a line ``@part NAME``) put in.

    Raises Broken, naming the file, where one is not as it should be.
    """
    found: dict[str, Prompt] = {}
    for path in sorted(folder.glob("*.md")):
        if path.name == "README.md":
            continue
        try:
            prompt = parse_prompt(_PART.sub(lambda named: _read_part(folder, named[1]), _read(path)))
        except (Broken, OSError, UnicodeDecodeError) as error:
            raise Broken(f"The prompt {path.name} cannot be used. {error}") from None
        if prompt.name != path.stem:
            raise Broken(f"The prompt {path.name} cannot be used. It calls itself {prompt.name}.")
        found[prompt.name] = prompt
    if not found:
        raise Broken(f"There are no prompts in {folder}. Install Value Loop anew.")
    return found


def _read_part(folder: Path, name: str) -> str:
    """Words that several prompts share, from ``parts/``."""
    return _read(folder / "parts" / f"{name}.md").strip()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _parts(body: str) -> dict[str, str]:
    before, *rest = _PARTS.split(body)
    names = rest[::2]
    if before.strip() or names not in (["System", "Human"], ["Human"]):
        raise Broken("A prompt has a part '# System' and then a part '# Human', or '# Human' alone.")
    return {name: part.strip() for name, part in zip(names, rest[1::2], strict=True)}


def _check(front: _Front, parts: Mapping[str, str]) -> None:
    used = {name for part in parts.values() for name in _PLACE.findall(part)}
    if used != front.variables.keys():
        raise Broken(f"{front.name} names the variables {sorted(front.variables)}, and uses {sorted(used)}.")
    for name, whose in front.variables.items():
        if whose is not Whose.PEOPLE:
            continue
        place = f"{{{name}}}"
        if place in parts.get("System", "") or f"<{name}>\n{place}\n</{name}>" not in parts["Human"]:
            raise Broken(f"{front.name}: what people wrote ({name}) stands in the human part, alone between its marks.")
        if parts["Human"].count(place) != 1:
            raise Broken(f"{front.name}: what people wrote ({name}) stands in one place only.")


def _put(part: str, values: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: values[place[1]], part)


def _unmarked(words: str) -> str:
    """People's words without anything that could be taken for one of our marks."""
    return words.replace("<", "\u2039").replace(">", "\u203a")


def _first(error: ValidationError | yaml.YAMLError) -> str:
    if isinstance(error, yaml.YAMLError):
        return "it is not YAML."
    one: Any = error.errors()[0]
    return f"{'.'.join(map(str, one['loc'])) or 'all of it'}: {one['msg']}"
