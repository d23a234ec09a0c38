"""Holding one conversation from a page: which one it is, and what the page shows of it."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.bootstrap import Parts
from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.errors import Refused
from assistant.domain.privacy import PrivacyStatement
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Speaker
from assistant.interview.privacy import statement
from assistant.loop.conversations import answer, begin, reply, say
from assistant.loop.rounds import current_round

ChatMessage = dict[str, str]
LOOK_AROUND = 1.0
"""Seconds after which a stream looks again whether its person is still signed in."""


@dataclass(frozen=True)
class Talk:
    """A viewer's conversations of one kind in the round that is open."""

    parts: Parts
    viewer: Viewer
    kind: ConversationKind
    round: Round

    @classmethod
    def now(cls, parts: Parts, viewer: Viewer, kind: ConversationKind) -> Talk | None:
        """The viewer's conversations of the open round; None where no round is open."""
        with parts.store.work() as work:
            round_ = current_round(work)
        return cls(parts, viewer, kind, round_) if round_ is not None else None

    @property
    def privacy(self) -> PrivacyStatement:
        """What holds for what is written now."""
        return statement(self.kind, self.round.floor, self.parts.handling)

    def last_told(self, held: Conversation) -> PrivacyStatement | None:
        """What the viewer was told before their last message; None where they have written none here."""
        with self.parts.store.work() as work:
            return work.privacy.last_told(held.id, self.viewer)

    def is_paused(self, held: Conversation) -> bool:
        """Whether the viewer is yet to say how to go on after a serious matter."""
        with self.parts.store.work() as work:
            return work.conversations.state(held.id, self.viewer).paused

    def held(self) -> tuple[Conversation, ...]:
        """All that the viewer has begun or sent, in order."""
        with self.parts.store.work() as work:
            return work.conversations.mine(self.round.key, self.kind, self.viewer)

    def about(self, about: str | None) -> Conversation:
        """The draft about this person, else what was sent about them last, else a new draft."""
        mine = [c for c in self.held() if c.about == about]
        drafts = [c for c in mine if c.state is ConversationState.DRAFT]
        return (drafts or mine)[-1] if mine else self.begin(about)

    def begin(self, about: str | None) -> Conversation:
        """The draft about this person, new where there is none; raises Refused as the loop does."""
        parts = self.parts
        return begin(
            parts.store, parts.engine, self.viewer, self.round.key, self.kind, about, parts.new_id(), parts.now()
        )

    def draft(self, about: str | None) -> Conversation:
        """The draft about this person; raises Refused where it has been sent, in another window perhaps."""
        held = self.about(about)
        if held.state is ConversationState.SENT:
            raise Refused("This conversation has been sent already. Reload the page to see it.")
        return held

    def turn(
        self, held: Conversation, position: int, text: str, is_here: Callable[[], bool]
    ) -> Iterator[list[ChatMessage]]:
        """Keep what was written, then show it and the answer as it grows; each item is the whole chat."""
        store, engine, contacts = self.parts.store, self.parts.engine, self.parts.contacts
        standing = say(store, self.viewer, held.id, position, text, self.privacy)
        yield from _growing(standing.held, reply(store, engine, self.viewer, standing, contacts), is_here)

    def answered(self, id: str, is_here: Callable[[], bool]) -> Iterator[list[ChatMessage]]:
        """The chat as it stands, then with the assistant's answer as it grows where one is due."""
        store, engine, contacts = self.parts.store, self.parts.engine, self.parts.contacts
        with store.work() as work:
            held = work.conversations.get(id, self.viewer)
        yield from _growing(held, answer(store, engine, self.viewer, id, contacts), is_here)


def _growing(held: Conversation, pieces: Iterator[str], is_here: Callable[[], bool]) -> Iterator[list[ChatMessage]]:
    """The chat as it stands, then with the assistant's answer as its pieces come.

    The answer is kept in any case; it is no longer shown to somebody who has signed out meanwhile.
    """
    so_far = chat(held)
    yield so_far
    words, looked, here = "", time.monotonic(), True
    for piece in pieces:
        words += piece
        if time.monotonic() - looked > LOOK_AROUND:
            looked, here = time.monotonic(), here and is_here()
        if here:
            yield [*so_far, shown(Speaker.ASSISTANT, words)]


def chat(held: Conversation) -> list[ChatMessage]:
    """A conversation as the chat shows it."""
    return [shown(message.role, message.content) for message in held.messages]


def has_begun(held: Conversation) -> bool:
    """Whether the author has said anything yet."""
    return any(message.role is Speaker.USER for message in held.messages)


def shown(role: Speaker, words: str) -> ChatMessage:
    """A message for the chat, which takes words for HTML."""
    return {"role": role.value, "content": html.escape(words, quote=False)}
