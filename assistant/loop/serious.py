"""Messages that tell of a serious matter: noticed before anything is made of them, and set apart from then on."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation, Message
from assistant.domain.words import Speaker
from assistant.ports.safeguard import Safeguard
from assistant.ports.store import Store


def looked_through(safeguard: Safeguard, held: Conversation) -> Conversation:
    """The conversation with each of the author's messages judged; what was judged before stays so."""
    return replace(held, messages=tuple(_judged(safeguard, message) for message in held.messages))


def taken_as_ordinary(held: Conversation) -> tuple[Conversation, Message]:
    """The conversation with the message set apart last as an ordinary one again, and that message.

    Called only where there is one.
    """
    place = max(n for n, message in enumerate(held.messages) if message.set_apart)
    message = replace(held.messages[place], set_apart=False, vouched=True)
    return replace(held, messages=(*held.messages[:place], message, *held.messages[place + 1 :])), message


def last_set_apart(held: Conversation) -> Conversation:
    """The conversation with its last message set apart, as whoever was to answer it saw what no sign had shown."""
    return replace(held, messages=(*held.messages[:-1], replace(held.messages[-1], set_apart=True)))


def look_through(store: Store, safeguard: Safeguard, held: Conversation, viewer: Viewer) -> Conversation:
    """The same as :func:`looked_through`, and kept: what was read in it is forgotten where anything is set apart."""
    judged = looked_through(safeguard, held)
    if judged.messages != held.messages:
        with store.work() as work:
            work.conversations.judge(judged, viewer)
    return judged


def people_set_apart(store: Store, round_key: str) -> int | None:
    """About how many people wrote of serious matters in a round: a multiple of the floor that is not above; else None.

    A number between two multiples would tell of a single person by its change.
    """
    with store.work() as work:
        floor = work.rounds.get(round_key).floor
        return work.conversations.people_set_apart(round_key) // floor * floor or None


def _judged(safeguard: Safeguard, message: Message) -> Message:
    if message.role is not Speaker.USER or message.set_apart is not None:
        return message
    return replace(message, set_apart=safeguard.is_serious(message.content))
