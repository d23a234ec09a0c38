"""A file that comes in: its lines as text, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.domain.errors import BadInput, Problem

T = TypeVar("T")

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What was read: the good records, the problems of lines left out, and the columns that were not used."""

    records: tuple[T, ...]
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, counted from 1. ``bad_at`` is the index of its first character that is not UTF-8, else None."""

    number: int
    text: str
    bad_at: int | None = None


def check_size(size: int, largest: int) -> None:
    """Raise BadInput where a file of ``size`` bytes is larger than may be read."""
    if size > largest:
        raise BadInput(
            f"The file has {size / 1e6:,.1f} MB; at most {largest / 1e6:,.0f} MB are read at once. "
            "Split it into smaller files, each with its first line."
        )


def lines_of(data: bytes, largest: int, save_as: str) -> Iterator[Line]:
    """The lines that are not blank, with their numbers in the file.

    ``save_as`` says how a file is to be saved, such as "CSV UTF-8". Raises BadInput where the file is empty, larger
    than ``largest`` bytes, or UTF-16 as a whole.
    """
    check_size(len(data), largest)
    text = data.removeprefix(_BYTE_ORDER_MARK)
    if _is_utf_16(text):
        problem = Problem(1, "1", f"this is UTF-16, not UTF-8; save the file as {save_as}")
        raise BadInput("The file's letters cannot be read.", (problem,))
    if not text.strip():
        raise BadInput("The file is empty.")
    return _split(text)


def refuse_or_keep(
    records: tuple[T, ...], problems: list[Problem], skip_bad: bool, unused: tuple[str, ...] = ()
) -> Parsed[T]:
    """What was read; raises BadInput with all problems, by line, unless bad lines are to be skipped."""
    ordered = tuple(sorted(problems, key=lambda problem: problem.line))
    if ordered and not skip_bad:
        places = "1 problem" if len(ordered) == 1 else f"{len(ordered):,} problems"
        raise BadInput(f"The file has {places}. Nothing was imported.", ordered)
    return Parsed(records, ordered, unused)


def _split(data: bytes) -> Iterator[Line]:
    for number, raw in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            yield Line(number, raw.decode())
        except UnicodeDecodeError as error:
            yield Line(number, raw.decode(errors="replace"), len(raw[: error.start].decode()))


def _is_utf_16(data: bytes) -> bool:
    beginning = data[:400]
    return data.startswith(_UTF_16) or beginning.count(0) * 4 > len(beginning)
