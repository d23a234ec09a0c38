"""``value-loop log``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR

if TYPE_CHECKING:
    from assistant.domain.log_chain import Link, Verdict
    from assistant.domain.reading_log import AskedFor

commands = typer.Typer(help="The reader log: who looked at what, and what came back.", invoke_without_command=True)

Noted = Annotated[
    str | None,
    typer.Option("--head", metavar="DIGEST", help="A head that was printed earlier, and kept elsewhere."),
]
_WRONG_HEAD = "A head is 64 hexadecimal digits, as value-loop log prints it."


@commands.callback()
def log(context: typer.Context, json: AsJson = False) -> None:
    """The reader log: who looked at what, and what came back.

    Without a command it is shown, oldest first, with its head at the end.
    """
    if context.invoked_subcommand is not None:
        return
    from assistant.loop.reader_log import whole_log

    chain = whole_log(parts().store, OPERATOR)
    if json:
        typer.echo(as_json([_as_dict(link) for link in chain]))
    elif not chain:
        typer.echo("Nothing has been looked at yet.")
    else:
        typer.echo("\n".join([*map(_line, chain), f"Head after {len(chain):,} entries: {chain[-1].digest}"]))


@commands.command()
def verify(head: Noted = None, json: AsJson = False) -> None:
    """Check that no entry was changed or taken out.

    Prints the head, the digest of the newest entry. Keep it where whoever runs the installation cannot change it, and
    give it with --head next time: then entries that were cut off, or written anew, are found as well. Exit 1 where the
    log breaks.
    """
    from assistant.domain.errors import BadInput
    from assistant.loop.reader_log import check_log

    noted = head.strip().lower() if head is not None else None
    if noted is not None and (len(noted) != 64 or set(noted) - set("0123456789abcdef")):
        raise BadInput(_WRONG_HEAD)
    found = check_log(parts().store, OPERATOR, noted)
    if json:
        typer.echo(as_json({"ok": found.broken is None, **_verdict(found)}))
    else:
        typer.echo(_in_words(found, noted))
    if found.broken is not None:
        raise typer.Exit(1)


def _verdict(found: Verdict) -> dict[str, object]:
    return {"entries": found.entries, "head": found.head, "broken": found.broken}


def _in_words(found: Verdict, noted: str | None) -> str:
    if found.broken is not None:
        return f"The reader log is not whole. {found.broken}"
    since = " and holds the head that was noted" if noted is not None else ""
    entries = "1 entry" if found.entries == 1 else f"{found.entries:,} entries"
    return f"The reader log is whole{since}: {entries}.\nHead: {found.head}"


def _as_dict(link: Link) -> dict[str, object]:
    entry = link.entry
    return {
        "number": link.number,
        "at": entry.at.isoformat(),
        "reader": entry.reader,
        "capacity": entry.capacity.value,
        "looked": entry.looked.value,
        "asked": None if entry.asked is None else _asked(entry.asked),
        "outcome": entry.outcome.value,
        "round": entry.round_key,
        "about": list(entry.about),
        "digest": link.digest,
    }


def _asked(asked: AskedFor) -> dict[str, object]:
    return {"measure": asked.measure.value, "fundamentals": [*asked.fundamentals], "kinds": [*asked.kinds]}


def _line(link: Link) -> str:
    entry = link.entry
    about = ", ".join(entry.about) or "nobody"
    asked = "" if entry.asked is None else f" ({', '.join(_categories(entry.asked))})"
    reader = entry.reader if entry.reader == entry.capacity else f"{entry.reader}, {entry.capacity}"
    what = f"{entry.looked}{asked} {entry.outcome}"
    return f"{entry.at:%Y-%m-%d %H:%M} UTC  {reader}  {what}  {entry.round_key or '-'}  about {about}"


def _categories(asked: AskedFor) -> list[str]:
    return [asked.measure, *asked.fundamentals, *asked.kinds]
