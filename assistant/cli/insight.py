"""``value-loop insight``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import RoundKey
from assistant.cli.output import as_json, give, give_bytes
from assistant.cli.questions import Leader
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.loop.insight import InsightView


class Format(StrEnum):
    """How an overview is written."""

    CSV = "csv"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"


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
    from assistant.loop.insight import Wanted, read_insight

    running, wanted = parts(), Format.JSON if json else format_
    if wanted is Format.PDF and output is None:
        raise BadInput("A PDF is written to a file; name it with --output.")
    sought = Wanted(round_, unit)
    view = read_insight(running.store, OPERATOR, as_, sought, running.now(), Looked.OVERVIEW_FILE)
    _give(running, view, wanted, output)


def _give(running: Parts, view: InsightView, wanted: Format, output: Path | None) -> None:
    from assistant.loop.formats import insight_html, insight_pdf, insight_rows

    behaviours = running.knowledge.behaviours
    if wanted is Format.JSON:
        give(as_json(insight_rows.as_json(view, behaviours)), output)
    elif wanted is Format.HTML:
        give(insight_html.as_html(view, behaviours), output)
    elif output is None:
        typer.echo(insight_rows.as_csv(view, behaviours), nl=False)
    elif wanted is Format.CSV:
        give_bytes(insight_rows.as_csv_file(view, behaviours), output)
    else:
        give_bytes(insight_pdf.as_pdf(view, behaviours, running.settings.pdf_font), output)
