"""An organisation's own practice cards, in either kind of database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.domain.errors import BadInput, Broken, Unknown
from assistant.domain.knowledge import Practice
from assistant.loop.own_cards import add_own_cards, own_cards, remove_own_card
from assistant.stores.own_cards_file import FILE
from assistant.stores.sql.store import SqlStore
from tests.fakes.installation import Installation
from tests.fakes.reports import a_practice

TODAY, LATER = date(2026, 11, 23), date(2027, 6, 30)
OURS = {"owner": "People Ops", "expires": LATER}


def test_cards_are_there_for_every_process_until_they_are_taken_out(
    store: SqlStore, installation: Installation
) -> None:
    """As they were given, by id, with who answers for them; another one of the same id takes the place of the first."""
    add_own_cards(store, [a_practice("b"), a_practice("a", use="strength")], " People Ops ", LATER, TODAY)
    add_own_cards(store, [a_practice("b", title="Anew")], "Legal", TODAY, TODAY)
    other = installation.open()
    assert own_cards(other) == (
        a_practice("a", use="strength", source="Source of a (a card of People Ops)", **OURS),
        a_practice("b", title="Anew", source="Source of b (a card of Legal)", owner="Legal", expires=TODAY),
    )
    remove_own_card(store, "b")
    assert [card.id for card in own_cards(other)] == ["a"]
    other.close()
    with pytest.raises(Unknown, match="no card b of your own"):
        remove_own_card(store, "b")


def test_nobody_answers_for_a_card_or_its_day_is_over(store: SqlStore) -> None:
    """Then none of them is kept."""
    with pytest.raises(BadInput, match="Say who answers"):
        add_own_cards(store, [a_practice("a")], " ", LATER, TODAY)
    with pytest.raises(BadInput, match="2026-11-23 has passed"):
        add_own_cards(store, [a_practice("a")], "Ops", TODAY, LATER)
    assert own_cards(store) == ()


def test_the_file_of_an_earlier_version_is_taken_over_when_the_store_is_opened(
    store: SqlStore, installation: Installation
) -> None:
    """Once; what has been changed in the database since stays, as a second machine has a copy of the file as well."""
    newer = a_practice("a", title="Newer", **OURS)
    with store.work() as work:
        work.own_cards.put([newer])
    file = written(installation.home, a_practice("a", **OURS), a_practice("b", **OURS))
    installation.open().close()
    assert own_cards(store) == (newer, a_practice("b", **OURS))
    assert not file.exists()


def test_a_file_that_cannot_be_read_is_named_and_stays(store: SqlStore, installation: Installation) -> None:
    """So that somebody can put it right; nothing of it is taken over."""
    file = written(installation.home, a_practice("a", **OURS))
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(Broken, match=r"own-cards\.json cannot be read"):
        installation.open()
    assert file.exists()
    assert own_cards(store) == ()


def written(home: Path, *cards: Practice) -> Path:
    """The file as earlier versions wrote it."""
    file = home / FILE
    file.write_bytes(TypeAdapter(tuple[Practice, ...]).dump_json(cards, indent=2))
    return file
