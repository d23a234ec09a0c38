"""``value-loop export`` and ``value-loop erase``."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.indexing import follow_if_possible
from assistant.cli.options import AsJson, Email, Output, Yes
from assistant.cli.output import as_json, give
from assistant.cli.running import parts
from assistant.domain.access import OPERATOR

if TYPE_CHECKING:
    from assistant.loop.own_data import Erased, OwnConversation, OwnData

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_COLUMNS = ("round", "kind", "author", "about", "named", "state", "message", "role", "content")


class ListFormat(StrEnum):
    """How a person's own data is written."""

    JSON = "json"
    CSV = "csv"


InFormat = Annotated[ListFormat, typer.Option("--format", help="JSON with everything, or a CSV list of messages.")]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]


def export(email: Email, format_: InFormat = ListFormat.JSON, json: Json = False, output: Output = None) -> None:
    """Give out a person's own data.

    The reader log notes it.
    """
    from assistant.loop.own_data import export_own

    running = parts()
    own = export_own(running.store, OPERATOR, email, running.now())
    as_list = format_ is ListFormat.CSV and not json
    give(_as_csv(own) if as_list else as_json(_as_dict(own)), output)


def erase(email: Email, yes: Yes = False, json: AsJson = False) -> None:
    """Erase a person and all their words.

    They go out of every store and index, for good.
    """
    from assistant.background import Background
    from assistant.loop.own_data import erase as erase_person

    running = parts()
    with running.store.work() as work:
        who = work.people.organisation().person(email)
    if not yes:
        typer.confirm(f"Erase {who.name} ({who.email}) and all their words for good?", abort=True, err=True)
    Background(running).jobs.forget(who.email)  # first, so that whoever is told that it failed can run this again
    gone = erase_person(running.store, who.email)
    _tell(who.email, gone, json)
    index = follow_if_possible(running)
    if not json:
        typer.echo(index.says)


def _tell(email: str, gone: Erased, json: bool) -> None:
    if json:
        rounds = list(gone.rounds_to_analyse)
        typer.echo(as_json({"email": email, "conversations": gone.conversations, "rounds_to_analyse": rounds}))
        return
    held = "1 conversation" if gone.conversations == 1 else f"{gone.conversations:,} conversations"
    typer.echo(f"{email} is erased, with {held}.")
    if gone.rounds_to_analyse:
        keys = ", ".join(gone.rounds_to_analyse)
        typer.echo(f"Analyse these rounds again, so that no report rests on those words: {keys}.")


def _as_dict(own: OwnData) -> dict[str, Any]:
    from assistant.loop.formats import commitment_json

    who = own.person
    return {
        "person": {
            "email": who.email,
            "name": who.name,
            "manager_email": who.manager_email,
            "team": who.team,
            "role": who.role.value,
            "locale": who.locale,
        },
        "conversations": [*map(_conversation, own.conversations)],
        "commitments": [commitment_json.as_json(one) for one in own.commitments],
    }


def _conversation(own: OwnConversation) -> dict[str, Any]:
    held = own.held
    return {
        "round": held.round_key,
        "kind": held.kind.value,
        "author": held.author,
        "about": held.about,
        "named": held.named,
        "state": held.state.value,
        "rating": held.rating,
        "created_at": held.created_at.isoformat() if held.created_at else None,
        "messages": [
            {
                "role": message.role.value,
                "content": message.content,
                "set_apart": bool(message.set_apart),
                "meant_as_ordinary": message.vouched,
            }
            for message in held.messages
        ],
        "held_back": [asdict(place) for place in own.held_back],
        "under_name": [asdict(place) for place in own.under_name],
        "corrections": [
            {"place": asdict(one.span), "was": asdict(one.was), "meant": asdict(one.meant) if one.meant else None}
            for one in own.corrections
        ],
        "told": [{"before_message": one.position, **asdict(one.statement)} for one in own.told],
    }


def _as_csv(own: OwnData) -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for held in (one.held for one in own.conversations):
        named = "yes" if held.named else "no"
        before = (held.round_key, held.kind.value, held.author, held.about or "", named, held.state.value)
        for number, message in enumerate(held.messages):
            row = (*before, str(number), message.role.value, message.content)
            table.writerow([_no_formula(value) for value in row])
    return text.getvalue().removesuffix("\n")


def _no_formula(value: str) -> str:
    begins = value.startswith(("\t", "\r", "\n")) or value.lstrip().startswith(_BEGINS_A_FORMULA)
    return f"'{value}" if begins else value
