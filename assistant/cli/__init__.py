"""The command line: one noun a file, and a thin door to the loop."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``value-loop`` with these arguments, or those of the process, and exit."""
    from assistant.cli.app import run

    run(arguments)
