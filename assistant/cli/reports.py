"""``value-loop report``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Output
from assistant.cli.output import as_json, give, give_bytes
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR
from assistant.domain.errors import BadInput

if TYPE_CHECKING:
    from assistant.bootstrap import Parts
    from assistant.domain.report import Report
    from assistant.domain.trend import Since


class Format(StrEnum):
    """How a report is written."""

    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"


Manager = Annotated[str | None, typer.Argument(metavar="EMAIL", help="The manager's e-mail.", show_default=False)]
Key = Annotated[str, typer.Option("--round", metavar="KEY", help="The round's key.", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="Every manager's report, as one JSON array.")]
RollUp = Annotated[bool, typer.Option("--roll-up", help="What all teams below them say together.")]
InFormat = Annotated[Format, typer.Option("--format", help="How to write it.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def report(
    round_: Key,
    email: Manager = None,
    all_: All = False,
    roll_up: RollUp = False,
    format_: InFormat = Format.JSON,
    json: Json = False,
    output: Output = None,
) -> None:
    """Print one manager's report, all of a round, or a leader's roll-up.

    The reader log notes it.
    """
    wanted = Format.JSON if json else format_
    if all_ == (email is not None):
        raise BadInput("Give either one manager's e-mail or --all.")
    if (all_ or roll_up) and wanted is not Format.JSON:
        raise BadInput("All reports at once, and roll-ups, are written as JSON; leave --format out.")
    if all_ and roll_up:
        raise BadInput("A roll-up is of one leader; give their e-mail in place of --all.")
    running = parts()
    if email is not None and wanted is Format.PDF:
        _give_pdf(running, email, round_, output)
    elif email is None:
        give(_all(running, round_), output)
    else:
        give(_roll_up(running, email, round_) if roll_up else _one(running, email, round_, wanted), output)


def _all(running: Parts, key: str) -> str:
    from assistant.loop.formats import report_json
    from assistant.loop.reports import read_all_reports

    reports = read_all_reports(running.store, OPERATOR, key, running.now())
    return as_json([report_json.as_json(one) for one in reports])


def _roll_up(running: Parts, leader: str, key: str) -> str:
    from assistant.loop.formats import roll_up_json
    from assistant.loop.roll_ups import read_roll_up

    return as_json(roll_up_json.as_json(read_roll_up(running.store, OPERATOR, leader, key, running.now())))


def _give_pdf(running: Parts, email: str, key: str, output: Path | None) -> None:
    from assistant.loop.formats import report_pdf
    from assistant.loop.reports import read_report, read_since

    if output is None:
        raise BadInput("A PDF is written to a file; name it with --output.")
    found = read_report(running.store, OPERATOR, email, key, running.now())
    since = read_since(running.store, OPERATOR, found, running.now())
    font = running.settings.pdf_font
    give_bytes(report_pdf.as_pdf(found, _names(running), running.knowledge, since, font), output)


def _names(running: Parts) -> dict[str, str]:
    with running.store.work() as work:
        return {person.email: person.name for person in work.people.organisation().people.values()}


def _one(running: Parts, email: str, key: str, wanted: Format) -> str:
    from assistant.loop.reports import read_report, read_since

    found = read_report(running.store, OPERATOR, email, key, running.now())
    return _written(running, found, read_since(running.store, OPERATOR, found, running.now()), wanted)


def _written(running: Parts, found: Report, since: Since | None, wanted: Format) -> str:
    from assistant.loop.formats import report_html, report_json, report_markdown

    if wanted is Format.JSON:
        return as_json(report_json.as_json(found, since))
    write = report_markdown.as_markdown if wanted is Format.MARKDOWN else report_html.as_html
    return write(found, _names(running), running.knowledge, since)
