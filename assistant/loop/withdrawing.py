"""Taking a feedback back while its round is open: it becomes a draft again, or is deleted."""

from __future__ import annotations

from enum import StrEnum

from assistant.domain.access import Viewer, may_withdraw, person
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.errors import Refused, Unknown
from assistant.domain.words import ConversationKind
from assistant.ports.store import Store, Work


class Fate(StrEnum):
    """What becomes of a feedback that is taken back."""

    DRAFT = "draft"
    DELETED = "deleted"


def withdraw(store: Store, viewer: Viewer, author: str, round_key: str, fate: Fate) -> None:
    """Take back the feedback that ``author`` has sent in a round; for its author, or the operator on their behalf.

    A report that was made of the open round and that nobody has seen goes, since it rests on it; from one that was seen
    goes what was said under a name, and the next analysis decides about the rest. Raises Unknown for a round that is
    not or where nothing was sent, Refused where the round is closed or it is not the viewer's.
    """
    with store.work() as work:
        round_ = work.rounds.get(round_key)
        sent = _sent(work, author.strip().lower(), round_key)
        if not round_.is_open:
            raise Refused(
                f"Round {round_key} is closed, so what was sent in it stays in what all answers add up to. Your words "
                "can still be erased, with everything else you said: ask whoever runs this installation."
            )
        for held in sent:
            if not may_withdraw(viewer, held, round_):
                raise Refused("Only whoever sent a feedback can take it back.")
            _take_back(work, held, fate)


def _take_back(work: Work, held: Conversation, fate: Fate) -> None:
    author = person(held.author)
    work.conversations.take_back(held.id, author)
    if fate is Fate.DELETED:
        work.conversations.discard(held.id, author)
    if held.about:
        work.reports.withdraw_unseen(held.about, held.round_key)
        work.reports.forget_named(held.author, held.round_key)


def _sent(work: Work, author: str, round_key: str) -> list[Conversation]:
    held = work.conversations.mine(round_key, ConversationKind.FEEDBACK, person(author))
    sent = [one for one in held if one.state is ConversationState.SENT]
    if not sent:
        raise Unknown(f"{author} has sent no feedback in round {round_key}.")
    return sent
