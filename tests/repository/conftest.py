"""The repository itself as what is tested: its files, its pages, and the script that writes one of them."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

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
    """``training/rounds.py``, which reads annotated rounds."""
    return _module(REPOSITORY / "training" / "rounds.py", corpus=corpus_script)


@pytest.fixture(scope="session")
def plans_script(rounds_script: ModuleType) -> ModuleType:
    """``training/plans.py``, which draws what rounds are to hold."""
    return _module(REPOSITORY / "training" / "plans.py", rounds=rounds_script)


@pytest.fixture(scope="session")
def examples_script(corpus_script: ModuleType, rounds_script: ModuleType) -> ModuleType:
    """``training/examples.py``, which splits the rounds."""
    return _module(REPOSITORY / "training" / "examples.py", corpus=corpus_script, rounds=rounds_script)


@pytest.fixture(scope="session")
def sights_script(examples_script: ModuleType) -> ModuleType:
    """``training/sights.py``, which reads what readers saw of climates."""
    return _module(REPOSITORY / "training" / "sights.py", examples=examples_script)


@pytest.fixture(scope="session")
def scenarios_script(corpus_script: ModuleType, rounds_script: ModuleType, examples_script: ModuleType) -> ModuleType:
    """``training/scenarios.py``, which writes rounds as scenario files."""
    others = {"corpus": corpus_script, "rounds": rounds_script, "examples": examples_script}
    return _module(REPOSITORY / "training" / "scenarios.py", **others)


@pytest.fixture(scope="session")
def comparison_page() -> ModuleType:
    """``benchmarks/comparison/page.py``, which writes the page of how good the comparison is."""
    return _module(REPOSITORY / "benchmarks" / "comparison" / "page.py")


@pytest.fixture(scope="session")
def conduct_tools() -> SimpleNamespace:
    """The parts of ``benchmarks/conduct``: ``turns``, ``personas``, ``talking`` and ``figures``."""
    folder = REPOSITORY / "benchmarks" / "conduct"
    parts: dict[str, ModuleType] = {}
    for name in ("turns", "personas", "talking", "figures"):
        parts[name] = _module(folder / f"{name}.py", **parts)
    return SimpleNamespace(**parts)


def _module(path: Path, **beside: ModuleType) -> ModuleType:
    """A script as a module; ``beside`` are scripts of its folder, which it imports by their plain names."""
    sys.modules.update(beside)
    try:
        return _loaded(path)
    finally:
        for name in beside:
            del sys.modules[name]


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"script_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up by name
    spec.loader.exec_module(module)
    return module
