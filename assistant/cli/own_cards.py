"""``value-loop knowledge``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import AsJson
from assistant.cli.output import as_json
from assistant.cli.running import parts
from assistant.domain.errors import BadInput

commands = typer.Typer(help="Practice cards of your own, beside ours.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with the cards.", show_default=False)]
Owner = Annotated[str, typer.Option("--owner", metavar="NAME", help="Who answers for them, such as a department.")]
Expires = Annotated[str, typer.Option("--expires", metavar="DATE", help="The last day on which they are suggested.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The card's id.", show_default=False)]


@commands.command()
def add(folder: Folder, owner: Owner, expires: Expires, json: AsJson = False) -> None:
    """Add cards from Markdown or PDF; all of a folder, or none.

    A running app or worker suggests them once it is started again.
    """
    from assistant.loop.own_cards import add_own_cards
    from assistant.stores.knowledge_files import read_given

    if not folder.is_dir():
        raise BadInput(f"{folder} is no folder.")
    running = parts()
    cards = read_given(folder, running.shipped_knowledge)
    add_own_cards(running.store, cards.values(), owner, _day(expires), running.now().date())
    count = "1 card is" if len(cards) == 1 else f"{len(cards)} cards are"
    typer.echo(as_json({"added": sorted(cards)}) if json else f"{count} added: {', '.join(sorted(cards))}.")


@commands.command("list")
def list_(json: AsJson = False) -> None:
    """Show your own cards, who answers for them, and until when."""
    from assistant.loop.own_cards import own_cards

    running = parts()
    cards, today = own_cards(running.store), running.now().date()
    if json:
        keys = ("id", "title", "owner", "expires")
        rows = [{key: getattr(card, key) for key in keys} for card in cards]
        typer.echo(as_json([row | {"expires": f"{row['expires']}"} for row in rows]))
        return
    lines = [
        f"{card.id}: {card.title} ({card.owner}, {'until' if card.is_in_use(today) else 'ran out on'} {card.expires})"
        for card in cards
    ]
    typer.echo("\n".join(lines) or "There are no cards of your own.")


@commands.command()
def remove(id_: Id, json: AsJson = False) -> None:
    """Take one of your own cards out; reports that suggest it stay as they are."""
    from assistant.loop.own_cards import remove_own_card

    remove_own_card(parts().store, id_)
    typer.echo(as_json({"removed": id_}) if json else f"{id_} is taken out.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not a date such as 2027-12-31.") from None
