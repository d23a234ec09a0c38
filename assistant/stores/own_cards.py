"""An organisation's own practice cards, in one file of the home folder that is whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.domain.errors import BadInput, Broken, Unknown
from assistant.domain.knowledge import Practice

FILE = "own-cards.json"
_CARDS = TypeAdapter(tuple[Practice, ...])


class OwnCards:
    """The cards under a home folder, by id."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def all(self) -> tuple[Practice, ...]:
        """Every card, also what has run out; raises Broken where the file cannot be read."""
        try:
            return _CARDS.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return ()
        except (OSError, ValidationError):
            raise Broken(
                f"{self._path} cannot be read. Put back a copy of it, or delete it and add the cards anew."
            ) from None

    def add(self, cards: Mapping[str, Practice], owner: str, expires: date, today: date) -> None:
        """Keep cards for which ``owner`` answers until a day; one with the id of an earlier own card takes its place.

        Raises BadInput where nobody answers for them, or the day has passed.
        """
        if not owner.strip():
            raise BadInput("Say who answers for these cards: --owner, such as a department.")
        if expires < today:
            raise BadInput(f"{expires} has passed; say until when the cards hold.")
        new = [_of_owner(card, owner.strip(), expires) for card in cards.values()]
        self._write([*(card for card in self.all() if card.id not in cards), *new])

    def remove(self, id: str) -> None:
        """Take a card out; raises Unknown."""
        kept = self.all()
        if id not in {card.id for card in kept}:
            raise Unknown(f"There is no card {id} of your own. See value-loop knowledge list.")
        self._write(card for card in kept if card.id != id)

    def _write(self, cards: Iterable[Practice]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{FILE}.", dir=self._path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_CARDS.dump_json(tuple(sorted(cards, key=lambda card: card.id)), indent=2))
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(self._path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


def _of_owner(card: Practice, owner: str, expires: date) -> Practice:
    """The card as the organisation's own, which its source tells wherever that is shown."""
    return replace(card, owner=owner, expires=expires, source=f"{card.source} (a card of {owner})")
