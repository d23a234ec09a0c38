"""What people were told is kept with what they wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.domain.access import person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.errors import Unknown
from assistant.domain.privacy import Handling, Told
from assistant.domain.words import ConversationKind
from assistant.interview.privacy import statement
from assistant.stores.sql.store import SqlStore

MIA = person("mia@acme.example")
FIRST = statement(ConversationKind.REFLECTION, 4, Handling(90, None, None, True))
SECOND = statement(ConversationKind.REFLECTION, 4, Handling(90, "m", "models.acme.example", True))


@pytest.fixture
def draft(keep: Callable[..., Conversation]) -> Conversation:
    return keep("c1", state=ConversationState.DRAFT)


def test_each_change_is_kept_with_the_place_from_which_it_holds(store: SqlStore, draft: Conversation) -> None:
    """Word by word, as it was told; telling the same again adds nothing."""
    with store.work() as work:
        for position, told in ((1, FIRST), (3, FIRST), (5, SECOND), (7, FIRST)):
            work.privacy.tell(draft.id, Told(position, told), MIA)
    with store.work() as work:
        assert work.privacy.told(draft.id, MIA) == (Told(1, FIRST), Told(5, SECOND), Told(7, FIRST))
        assert work.privacy.last_told(draft.id, MIA) == FIRST


def test_nothing_is_kept_of_what_nobody_was_told(store: SqlStore, keep: Callable[..., Conversation]) -> None:
    """An imported conversation has no statement."""
    held = keep("c2")
    with store.work() as work:
        assert work.privacy.told(held.id, MIA) == ()
        assert work.privacy.last_told(held.id, MIA) is None


def test_what_somebody_was_told_is_theirs_alone(store: SqlStore, draft: Conversation) -> None:
    """For others there is no such conversation."""
    other = person("tom@acme.example")
    with store.work() as work:
        with pytest.raises(Unknown):
            work.privacy.tell(draft.id, Told(1, FIRST), other)
        with pytest.raises(Unknown):
            work.privacy.told(draft.id, other)


def test_it_goes_with_the_conversation_and_the_statement_stays_for_others(
    store: SqlStore, draft: Conversation, keep: Callable[..., Conversation]
) -> None:
    """A statement names nobody, and holds for many."""
    other = keep("c2", author="tom@acme.example", state=ConversationState.DRAFT)
    tom = person("tom@acme.example")
    with store.work() as work:
        work.privacy.tell(draft.id, Told(1, FIRST), MIA)
        work.privacy.tell(other.id, Told(1, replace(FIRST)), tom)
        work.conversations.discard(draft.id, MIA)
    with store.work() as work:
        assert work.privacy.last_told(other.id, tom) == FIRST
