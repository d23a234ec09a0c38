"""A person's own data: taken out, or erased from every store and index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, person
from assistant.domain.commitments import Commitment
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import Correction
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.privacy import Told
from assistant.domain.reading_log import Looked
from assistant.domain.statements import Span
from assistant.domain.words import ConversationKind
from assistant.loop.organisation import ask_open_rounds_anew
from assistant.loop.reader_log import look, refusals_noted
from assistant.ports.store import Store, Work


@dataclass(frozen=True, slots=True)
class OwnConversation:
    """A conversation, and what its author decided about it and was told before each answer.

    ``held_back`` are the places that are never used, ``under_name`` those that are said under the author's name.
    """

    held: Conversation
    corrections: tuple[Correction, ...]
    held_back: tuple[Span, ...]
    under_name: tuple[Span, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything kept of one person's making."""

    person: Person
    conversations: tuple[OwnConversation, ...]
    commitments: tuple[Commitment, ...] = ()


def export_own(store: Store, viewer: Viewer, email: str, now: datetime) -> OwnData:
    """A person's own data; for the person, or the operator on the person's behalf (then it is logged)."""
    with store.work() as work:
        who = work.people.organisation().person(email)
    with refusals_noted(store, viewer, Looked.EXPORT, "", (who.email,), now), store.work() as work:
        if viewer != person(who.email):
            if viewer.standing.value != "operator":
                raise Refused("Only one's own data can be taken out.")
            work.reader_log.note(look(work, viewer, Looked.EXPORT, "", (who.email,), now))
        own = work.conversations.by_author(who.email, person(who.email))
        commitments = work.commitments.of(who.email, person(who.email))
        return OwnData(who, tuple(_own(work, held, person(who.email)) for held in own), commitments)


def _own(work: Work, held: Conversation, author: Viewer) -> OwnConversation:
    return OwnConversation(
        held,
        work.corrections.of(held.id, author),
        work.statements.held_back(held.id, author),
        work.statements.under_name(held.id, author),
        work.privacy.told(held.id, author),
    )


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away, and whose reports have to be made anew because words in them are gone."""

    conversations: int
    rounds_to_analyse: tuple[str, ...]


def erase(store: Store, email: str) -> Erased:
    """Take a person and all their words out of the store, with the keys to them. Raises Unknown.

    What an old copy of the database holds of them can then no longer be read.

    Reports about other managers that somebody has seen stay as they are, but for what the person said in them under
    their name: the other words in them are the manager's own. Those that nobody has seen yet go at once, and so do the
    reports about the erased person, and what they have taken on.
    """
    with store.work() as work:
        who = work.people.organisation().person(email)
        own = work.conversations.by_author(who.email, person(who.email))
        for held in own:
            if held.kind is ConversationKind.FEEDBACK and held.about is not None:
                work.reports.withdraw_unseen(held.about, held.round_key)
        gone = work.conversations.erase_author(who.email)
        work.reports.remove(who.email)
        work.reports.forget_named(who.email)
        work.commitments.remove(who.email)
        work.keys.destroy(who.email)
        work.sign_in.end_all(who.email)
        work.outbox.forget(who.email)
        work.people.remove(who.email)
        ask_open_rounds_anew(work)
    return Erased(len(gone), tuple(sorted({c.round_key for c in own})))
