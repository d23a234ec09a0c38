"""The repository itself as what is tested: its files, its pages, and the script that writes one of them."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SHOWN_THOUGH_HIDDEN = {".ci", ".env.example", ".gitignore"}
MADE_BY_TOOLS = {"__pycache__", "build", "dist", "screenshots"}


def _own_files() -> Iterator[Path]:
    for folder, below, names in os.walk(REPOSITORY):
        here = Path(folder)
        below[:] = [name for name in below if _is_ours(here / name)]
        yield from (here / name for name in names if _is_ours(here / name))


def _is_ours(path: Path) -> bool:
    is_hidden = path.name.startswith(".") and path.name not in SHOWN_THOUGH_HIDDEN
    is_made = path.name in MADE_BY_TOOLS or path.name.endswith(".egg-info") or path == REPOSITORY / "training" / "work"
    return not (is_hidden or is_made)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def own_files() -> tuple[Path, ...]:
    """Every file that belongs to the repository, in order."""
    return tuple(sorted(_own_files()))


@pytest.fixture(scope="session")
def pages(own_files: tuple[Path, ...]) -> dict[Path, str]:
    """Every page for readers (Markdown), without the knowledge base, and its text."""
    knowledge = REPOSITORY / "knowledge"
    of_ours = [path for path in own_files if path.suffix == ".md" and knowledge not in path.parents]
    return {path: path.read_text(encoding="utf-8") for path in of_ours}


@pytest.fixture(scope="session")
def commands_script() -> ModuleType:
    """``docs/commands.py``, which writes the page of commands."""
    return _module(REPOSITORY / "docs" / "commands.py")


@pytest.fixture(scope="session")
def corpus_script() -> ModuleType:
    """``training/corpus.py``, which reads the corpus."""
    return _module(REPOSITORY / "training" / "corpus.py")


@pytest.fixture(scope="session")
def rounds_script(corpus_script: ModuleType) -> ModuleType:
    """``training/rounds.py``, which reads annotated rounds; it imports the corpus's reader by its plain name."""
    sys.modules["corpus"] = corpus_script
    try:
        return _module(REPOSITORY / "training" / "rounds.py")
    finally:
        del sys.modules["corpus"]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"script_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up by name
    spec.loader.exec_module(module)
    return module
