"""What every command shares: help, exit status, and how quickly it is there."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("gradio", "chromadb", "sqlalchemy", "onnxruntime", "fastapi", "numpy", "pandas", "alembic")
COMMANDS = ("serve", "demo", "people", "round", "conversations", "analyse", "report", "ask", "link", "export", "erase")


@pytest.mark.parametrize("arguments", [("--help",), ("people", "import", "--help"), ("--version",)])
def test_help_needs_none_of_the_heavy_libraries(value_loop, arguments) -> None:
    """A real process says which modules it imported; none of the heavy ones is among them."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant", *arguments],
        env=value_loop.environment,
        cwd=value_loop.home.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "typer" in imported
    assert imported.isdisjoint(HEAVY)


def test_help_names_every_command(value_loop) -> None:
    """The words of the contract are all there, and asking makes no folder."""
    help_text = value_loop("--help").out
    assert not value_loop.home.exists()
    assert [name for name in (*COMMANDS, "doctor", "index") if f"\n  {name} " not in help_text] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("people", "import"),
        ("report", "mia@acme.example"),
        ("report", "--round", "2026-Q4"),
        ("report", "mia@acme.example", "--all", "--round", "2026-Q4"),
        ("report", "--all", "--round", "2026-Q4", "--format", "html"),
        ("report", "mia@acme.example", "--round", "2026-Q4", "--format", "pdf"),
        ("round", "open", "2026-Q4", "--floor", "many"),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_usage_exits_with_2(value_loop, arguments) -> None:
    """It says what is wrong on stderr, and nothing on stdout."""
    outcome = value_loop(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err
    assert "Traceback" not in outcome.err


def test_a_setting_that_cannot_be_used_is_named(value_loop) -> None:
    """The variable's name tells where to look; exit 2."""
    outcome = value_loop("round", "status", "2026-Q4", VALUE_LOOP_PORT="seven")
    assert outcome.status == 2
    assert "VALUE_LOOP_PORT" in outcome.err
    assert "Traceback" not in outcome.err


def test_an_installation_that_cannot_be_used_exits_with_1(value_loop) -> None:
    """Where the home folder is a file, the operator has to mend it; there is no traceback."""
    value_loop.home.write_text("a file")
    outcome = value_loop("round", "status", "2026-Q4")
    assert outcome.status == 1
    assert "VALUE_LOOP_HOME" in outcome.err
    assert "Traceback" not in outcome.err


def test_the_web_app_of_the_top_folder_is_serve() -> None:
    """``python app.py --help`` is the help of ``value-loop serve``."""
    top = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, top / "app.py", "--help"], capture_output=True, text=True, check=True)
    assert "value-loop serve" in done.stdout
