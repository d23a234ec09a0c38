"""Where errors become words and an exit status: 1 it could not, 2 bad input or usage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from assistant.domain.errors import BadInput, OperatorError, Problem, UserError

MOST_PROBLEMS_SHOWN = 50


class InWords(TyperGroup):
    """Commands whose known errors are said in words on stderr; unknown ones surface with their traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; exit 2 for what the user can mend, 1 for what the operator can."""
        try:
            return super().invoke(ctx)
        except UserError as error:
            typer.echo(str(error), err=True)
            if isinstance(error, BadInput):
                show_problems(error.problems)
            raise typer.Exit(2) from None
        except OperatorError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


def left_out(problems: Sequence[Problem]) -> str:
    """The end of a sentence about an import: how many problems were left out, where there are any."""
    if not problems:
        return ""
    return f", {len(problems):,} {'problem' if len(problems) == 1 else 'problems'} left out"


def show_problems(problems: Sequence[Problem]) -> None:
    """Say the problems of a file on stderr, one a line, and how many more there are."""
    for problem in problems[:MOST_PROBLEMS_SHOWN]:
        typer.echo(str(problem), err=True)
    if len(problems) > MOST_PROBLEMS_SHOWN:
        typer.echo(f"... and {len(problems) - MOST_PROBLEMS_SHOWN:,} more", err=True)
