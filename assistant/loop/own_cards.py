"""An organisation's own practice cards: somebody answers for each, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.domain.errors import BadInput
from assistant.domain.knowledge import Practice
from assistant.ports.store import Store


def own_cards(store: Store) -> tuple[Practice, ...]:
    """Every card, by id, also what has run out."""
    with store.work() as work:
        return work.own_cards.all()


def add_own_cards(store: Store, cards: Iterable[Practice], owner: str, expires: date, today: date) -> None:
    """Keep cards for which ``owner`` answers until a day; one with the id of an earlier own card takes its place.

    Raises BadInput where nobody answers for them, or the day has passed.
    """
    if not owner.strip():
        raise BadInput("Say who answers for these cards: --owner, such as a department.")
    if expires < today:
        raise BadInput(f"{expires} has passed; say until when the cards hold.")
    with store.work() as work:
        work.own_cards.put(_of_owner(card, owner.strip(), expires) for card in cards)


def remove_own_card(store: Store, id: str) -> None:
    """Take a card out; raises Unknown."""
    with store.work() as work:
        work.own_cards.remove(id)


def _of_owner(card: Practice, owner: str, expires: date) -> Practice:
    """The card as the organisation's own, which its source tells wherever that is shown."""
    return replace(card, owner=owner, expires=expires, source=f"{card.source} (a card of {owner})")
