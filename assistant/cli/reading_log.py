"""``value-loop log``."""

from __future__ import annotations

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.reading_log import LogEntry


def log(json: AsJson = False) -> None:
    """Show the reader log: who looked at what, and about which managers."""
    with parts().store.work() as work:
        entries = work.reader_log.entries()
    typer.echo(
        as_json([_as_json(entry) for entry in entries])
        if json
        else "\n".join(map(_line, entries)) or "Nothing has been looked at yet."
    )


def _as_json(entry: LogEntry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "reader": entry.reader,
        "looked": entry.looked.value,
        "round": entry.round_key,
        "about": list(entry.about),
    }


def _line(entry: LogEntry) -> str:
    about = ", ".join(entry.about) or "nobody"
    return f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.reader}  {entry.looked}  {entry.round_key or '-'}  about {about}"
