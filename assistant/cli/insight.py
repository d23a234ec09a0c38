"""``value-loop insight``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import RoundKey
from assistant.cli.output import as_json, give, give_bytes
from assistant.cli.questions import Leader
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR


class Format(StrEnum):
    """How an overview is written."""

    CSV = "csv"
    JSON = "json"


Unit = Annotated[
    str | None,
    typer.Option("--unit", metavar="EMAIL", help="Only the teams below this manager of theirs.", show_default=False),
]
InFormat = Annotated[Format, typer.Option("--format", help="How to write it.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Out = Annotated[
    Path | None, typer.Option("--output", "--out", metavar="FILE", help="Write to this file.", show_default=False)
]


def insight(
    round_: RoundKey,
    as_: Leader,
    unit: Unit = None,
    format_: InFormat = Format.CSV,
    json: Json = False,
    output: Out = None,
) -> None:
    """Write a leader's overview of the teams below them, as it stands on their page.

    The reader log notes it.
    """
    from assistant.domain.reading_log import Looked
    from assistant.loop.formats import insight_rows
    from assistant.loop.insight import Wanted, read_insight

    running = parts()
    wanted, behaviours = Wanted(round_, unit), running.knowledge.behaviours
    view = read_insight(running.store, OPERATOR, as_, wanted, running.now(), Looked.OVERVIEW_FILE)
    if json or format_ is Format.JSON:
        give(as_json(insight_rows.as_json(view, behaviours)), output)
    elif output is None:
        typer.echo(insight_rows.as_csv(view, behaviours), nl=False)
    else:
        give_bytes(insight_rows.as_csv_file(view, behaviours), output)
