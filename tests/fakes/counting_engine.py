"""The real embedded engine, with a count of what it is asked to read."""

from __future__ import annotations

from assistant.domain.conversation import Conversation
from assistant.domain.statements import Reading
from assistant.engines.embedded.engine import EmbeddedEngine


class CountingEngine(EmbeddedEngine):
    """``read_ones`` holds the ids of the conversations that were read, in order; ``version`` is added to the name."""

    read_ones: list[str]
    version: str

    def read(self, conversation: Conversation) -> Reading:
        """Read like the real one, and remember it."""
        self.read_ones.append(conversation.id)
        return super().read(conversation)

    @property
    def name(self) -> str:
        """The name of the real one and this one's version."""
        return super().name + self.version
