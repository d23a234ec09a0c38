"""``value-loop talk``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.options import AsJson, Email, Output
from assistant.cli.output import as_json, give
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import Unknown

Key = Annotated[str, typer.Option("--round", metavar="KEY", help="The round's key.", show_default=False)]


def talk(email: Email, round_: Key, json: AsJson = False, output: Output = None) -> None:
    """Print a guide for a manager's talk with the team about a report.

    It holds nothing that could not be said aloud. The reader log notes it.
    """
    from assistant.coaching.talk import guide
    from assistant.loop.formats.report_markdown import talk_as_markdown
    from assistant.loop.reports import read_report

    running = parts()
    report = read_report(running.store, OPERATOR, email, round_, running.now())
    found = guide(report, running.knowledge.behaviours)
    if found is None:
        raise Unknown(f"{report.reason} The report says how to ask the team openly instead.")
    give(as_json(asdict(found)) if json else talk_as_markdown(found).rstrip(), output)
