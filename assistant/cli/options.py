"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave out lines with a problem, and name them.")]
GivenFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.", show_default=False)]
RoundKey = Annotated[str, typer.Argument(metavar="KEY", help="The round's key, such as 2026-Q4.", show_default=False)]
Output = Annotated[
    Path | None, typer.Option("--output", metavar="FILE", help="Write to this file.", show_default=False)
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask again.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's e-mail.", show_default=False)]
