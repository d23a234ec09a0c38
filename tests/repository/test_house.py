"""What holds for every file of the repository."""

import ast
import re
import tomllib

import pytest

from assistant import __version__

SOMEBODYS_MACHINE = re.compile(r"(?<![\w.*\-/])/(?:work|root|home/\w+|Users/\w+)/|\.\./shared\b")
ODDS_AND_ENDS = {"utils", "util", "helpers", "helper", "common", "misc"}
LONGEST_FILE = 300
UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")


@pytest.fixture(scope="module")
def texts(own_files) -> dict:
    """Every file that can be read as text; locked requirements, the licence and weights aside."""
    found = {}
    for path in own_files:
        if path.suffix in {".onnx", ".npz", ".gz", ".png", ".ico"} or path.name in {"LICENSE", "tokenizer.json"}:
            continue
        found[path] = path.read_text(encoding="utf-8")
    return found


def test_no_file_names_a_place_on_somebodys_machine(texts, repository) -> None:
    """Paths are relative to the repository, so that it works wherever it lies."""
    found = [
        f"{path.relative_to(repository)}: {match[0]}"
        for path, text in texts.items()
        if (match := SOMEBODYS_MACHINE.search(text))
    ]
    assert found == []


def test_no_file_is_left_unfinished(texts, repository) -> None:
    """What is missing is said in a page, not in a note to oneself."""
    assert [path.relative_to(repository) for path, text in texts.items() if UNFINISHED.search(text)] == []


def test_no_file_is_named_after_odds_and_ends(own_files) -> None:
    """A file is named after a word of the field."""
    assert [path for path in own_files if path.stem in ODDS_AND_ENDS] == []


def test_files_of_the_product_are_short(texts, repository) -> None:
    """None has more than 300 lines."""
    product = {
        path: text
        for path, text in texts.items()
        if path.suffix == ".py" and path.is_relative_to(repository / "assistant")
    }
    assert [path.name for path, text in product.items() if text.count("\n") > LONGEST_FILE] == []


def test_every_test_says_in_a_sentence_what_it_is_about(texts, repository) -> None:
    """A docstring, as this one."""
    silent = [
        f"{path.name}: {node.name}"
        for path, text in texts.items()
        if path.suffix == ".py" and path.is_relative_to(repository / "tests")
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_version_is_the_same_everywhere(repository) -> None:
    """The package, pyproject.toml and the newest part of the changelog agree."""
    declared = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    newest = re.search(r"^## \[([^\]]+)\]", (repository / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert (declared, newest and newest[1]) == (__version__, __version__)


def test_the_page_on_architecture_shows_every_room(repository) -> None:
    """The rooms of the diagram are those that import-linter proves, from the top to the bottom."""
    tool = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(c["layers"] for c in tool["contracts"] if c["type"] == "layers")
    proved = [name.strip() for layer in layers if layer != "__main__" for name in layer.split("|")]
    page = (repository / "docs" / "architecture.md").read_text(encoding="utf-8")
    diagram = re.search(r"```text\n(.*?)```", page, re.DOTALL)[1]
    assert re.findall(r"\b([a-z]+)(?:/|\.py)", diagram) == proved
