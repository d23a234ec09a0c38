"""Looking for what somebody said in everything that the product wrote, in each form in which it could lie there."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path


def forms(word: str) -> list[bytes]:
    """A word in letters of one or two bytes, each also in base64 at every offset that it may have."""
    plain = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")]
    shifted = [base64.b64encode(b"\0" * skip + one)[4:-4] for one in plain for skip in range(3)]
    return [*plain, *shifted]


def found_in(content: bytes, words: Iterable[str]) -> set[str]:
    """Those of the words that are in this, in whatever form, in small letters or capitals."""
    small = content.lower()
    return {word for word in words if word.encode().lower() in small or any(form in content for form in forms(word))}


def files_with(folder: Path, *words: str) -> dict[str, set[str]]:
    """The files under a folder that hold any of the words, and which."""
    found = holding(sorted(path for path in folder.rglob("*") if path.is_file()), *words)
    return {str(path.relative_to(folder)): words for path, words in found.items()}


def holding(files: Iterable[Path], *words: str) -> dict[Path, set[str]]:
    """Those of the files that hold any of the words, and which."""
    found = {path: found_in(path.read_bytes(), words) for path in files}
    return {path: words for path, words in found.items() if words}
