"""A person's own data: taken out, or erased from every store and index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assistant.domain.access import Viewer, person
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import Correction
from assistant.domain.errors import Refused
from assistant.domain.organisation import Person
from assistant.domain.privacy import Told
from assistant.domain.reading_log import Looked
from assistant.domain.words import ConversationKind
from assistant.loop.organisation import ask_open_rounds_anew
from assistant.loop.reader_log import look, refusals_noted
from assistant.ports.store import Store


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything kept of one person's making; ``corrections`` and ``told`` by the id of their conversation."""

    person: Person
    conversations: tuple[Conversation, ...]
    corrections: dict[str, tuple[Correction, ...]]
    told: dict[str, tuple[Told, ...]]


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
        corrections = {held.id: work.corrections.of(held.id, person(who.email)) for held in own}
        told = {held.id: work.privacy.told(held.id, person(who.email)) for held in own}
        return OwnData(who, own, corrections, told)


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
    reports about the erased person.
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
        work.keys.destroy(who.email)
        work.sign_in.end_all(who.email)
        work.people.remove(who.email)
        ask_open_rounds_anew(work)
    return Erased(len(gone), tuple(sorted({c.round_key for c in own})))
