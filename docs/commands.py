"""Writes docs/commands.md: what every command says to ``--help``.

    .venv/bin/python docs/commands.py

A test fails when the page and the commands are no longer in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from assistant.cli.app import app

PAGE = Path(__file__).with_name("commands.md")
WIDTH = 100

_TOP = """# Commands

This page is written by `docs/commands.py` from the commands themselves; do not edit it by hand.

Exit status: 0 done, 1 it could not, 2 bad input or usage. `--json` prints data for machines on standard output;
what went wrong is said in words on standard error.
"""


def walk(command: Any, context: Any) -> Iterator[tuple[Any, Any]]:
    """A command with its context, then everything below it, in the order of the help."""
    yield command, context
    for name, below in getattr(command, "commands", {}).items():
        yield from walk(below, type(context)(below, info_name=name, parent=context, terminal_width=WIDTH))


def all_commands() -> tuple[tuple[Any, Any], ...]:
    """``value-loop`` and every command under it, each with its context."""
    command = get_command(app)
    context = command.context_class(
        command, info_name="value-loop", terminal_width=WIDTH, help_option_names=["-h", "--help"]
    )
    return tuple(walk(command, context))


def page() -> str:
    """The whole page."""
    sections = [_TOP]
    for command, context in all_commands():
        sections.append(f"## {context.command_path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(sections)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
