"""Where a conversation stands: all that its next turn needs, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation, ConversationState, Message
from assistant.domain.interview import InterviewState, Setting
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind, Speaker
from assistant.loop.commitments import change_asked, reflected_upon
from assistant.ports.store import Work


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation with what was said so far, where its interview stands, its round, and what a turn is set in."""

    held: Conversation
    state: InterviewState
    round: Round
    setting: Setting

    @property
    def waits_for_an_answer(self) -> bool:
        """Whether the next word is the assistant's."""
        held = self.held
        is_draft = held.state is ConversationState.DRAFT
        return is_draft and bool(held.messages) and held.messages[-1].role is Speaker.USER

    def gone_on(self, message: Message) -> Standing:
        """The same with one more message."""
        held = replace(self.held, messages=(*self.held.messages, message))
        return replace(self, held=held, setting=replace(self.setting, turn=turns_of(held)))


def standing_of(work: Work, conversation: str, viewer: Viewer) -> Standing:
    """Where a conversation stands; raises Unknown, also where the viewer may not see it."""
    held = work.conversations.get(conversation, viewer)
    round_ = work.rounds.get(held.round_key)
    return Standing(held, work.conversations.state(conversation, viewer), round_, setting_of(work, round_, held))


def setting_of(work: Work, round_: Round, held: Conversation) -> Setting:
    """What a turn of a conversation is set in."""
    organisation = work.people.among(_both(held.author, held.about))

    def first_name(email: str) -> str:
        return organisation.people[email].first_name if email in organisation.people else email.partition("@")[0]

    return Setting(
        is_reflection=held.kind is ConversationKind.REFLECTION,
        author=first_name(held.author),
        about=first_name(held.about) if held.about else None,
        floor=round_.floor,
        turn=turns_of(held),
        locale=organisation.people[held.author].locale if held.author in organisation.people else None,
        commitment=reflected_upon(work, round_, held),
        change_asked=change_asked(work, round_, held),
    )


def turns_of(held: Conversation) -> int:
    """How many messages of its author count so far."""
    return sum(message.role is Speaker.USER for message in held.history)


def _both(author: str, about: str | None) -> tuple[str, ...]:
    """Whom a conversation is between; nobody else is asked for, however many people there are."""
    return (author,) if about is None else (author, about)
