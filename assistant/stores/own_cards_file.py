"""The file in which earlier versions kept an organisation's own practice cards; the database takes them over."""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.errors import Broken
from assistant.domain.knowledge import Practice
from assistant.ports.store import Store

FILE = "own-cards.json"
_CARDS = TypeAdapter(tuple[Practice, ...])


def bring_in(home: Path, store: Store) -> None:
    """Take over the cards of the file under ``home``, if there is one, and delete it.

    A card that the database has already stays as it is there: on several machines each had a copy of its own. Doing it
    again after a kill in between changes nothing. Raises Broken where the file cannot be read.
    """
    path = home / FILE
    if not path.is_file():
        return
    cards = _read(path)
    with store.work() as work:
        there = {card.id for card in work.own_cards.all()}
        work.own_cards.put(card for card in cards if card.id not in there)
    path.unlink(missing_ok=True)


def _read(path: Path) -> tuple[Practice, ...]:
    try:
        return _CARDS.validate_json(path.read_bytes())
    except (OSError, ValidationError):
        raise Broken(f"{path} cannot be read. Put back a copy of it, or delete it and add the cards anew.") from None
