"""Where conversations are kept. Nothing here returns words without a viewer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.conversation import Conversation, Message
from assistant.domain.interview import InterviewState
from assistant.domain.rewording import Edit
from assistant.domain.words import ConversationKind


class Conversations(Protocol):
    """Conversations by id; the order within a round is the order in which they were begun or imported."""

    def add(self, conversation: Conversation, fingerprint: str) -> bool:
        """Keep a conversation; False, and nothing is done, where one with this fingerprint is kept already."""
        ...

    def get(self, id: str, viewer: Viewer) -> Conversation:
        """The conversation; raises Unknown, also where the viewer may not see it."""
        ...

    def mine(self, round_key: str, kind: ConversationKind, viewer: Viewer) -> tuple[Conversation, ...]:
        """The viewer's own conversations of a round and kind, in order."""
        ...

    def by_author(self, author: str, viewer: Viewer) -> tuple[Conversation, ...]:
        """Everything an author said in all rounds, as far as the viewer may see it."""
        ...

    def about_manager(self, round_key: str, manager: str, viewer: Viewer) -> tuple[Conversation, ...]:
        """A manager's reflections and the feedback about them, in order, as far as the viewer may see them."""
        ...

    def state(self, id: str, viewer: Viewer) -> InterviewState:
        """Where the conversation stands; the empty state where it was imported. Raises Unknown like :meth:`get`."""
        ...

    def judge(self, judged: Conversation, viewer: Viewer) -> None:
        """Keep which messages of a conversation are set apart.

        Where one is that was not, what was read in the conversation is forgotten. Raises Unknown like :meth:`get`.
        """
        ...

    def judge_all(self, judged: Collection[Conversation], viewer: Viewer) -> None:
        """The same for several conversations."""
        ...

    def people_set_apart(self, round_key: str) -> int:
        """How many people have sent something in a round that is set apart; never to be shown as it is."""
        ...

    def append(self, id: str, position: int, message: Message, viewer: Viewer) -> None:
        """Add a message to a draft; what was read in it so far is forgotten.

        Raises Refused where ``position`` is taken already, or it is sent.
        """
        ...

    def set_state(self, id: str, state: InterviewState, viewer: Viewer) -> None:
        """Keep where the conversation stands."""
        ...

    def send(self, id: str, viewer: Viewer, rating: int | None = None) -> None:
        """A draft becomes sent, with what its author says of the summary; raises Refused where it is sent already."""
        ...

    def reword(self, id: str, edit: Edit, viewer: Viewer) -> None:
        """Put other words in the place of some of a draft; the old ones go for good, and the draft is to be read anew.

        What is held back or named elsewhere in it moves along; what is held back at the place stays so.
        Raises Refused where the conversation is sent.
        """
        ...

    def put_name(self, id: str, named: bool, viewer: Viewer) -> None:
        """Whether all of a draft is said under its author's name; raises Refused where it is sent."""
        ...

    def take_back(self, id: str, viewer: Viewer) -> None:
        """A sent conversation becomes a draft again, not rated any more; raises Refused where it is a draft."""
        ...

    def discard(self, id: str, viewer: Viewer) -> None:
        """Delete a draft, its messages and statements; raises Refused where it is sent."""
        ...

    def delete_round(self, round_key: str) -> int:
        """Delete all that was said in a round, sent or not, with its statements; how many conversations it was."""
        ...

    def erase_author(self, author: str) -> tuple[str, ...]:
        """Delete all an author said, with its statements; the ids of the conversations that were deleted."""
        ...
