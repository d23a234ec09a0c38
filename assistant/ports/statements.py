"""Where claims and observations are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.corrections import Correction
from assistant.domain.statements import Reading, Span


class Statements(Protocol):
    """What was read in each conversation, and by which engine."""

    def save(self, conversation: str, engine: str, reading: Reading) -> None:
        """Put this reading in place of any earlier one; what the author holds back or has corrected stays so."""
        ...

    def save_all(self, engine: str, readings: Mapping[str, Reading]) -> None:
        """The same for several conversations; ``readings`` by conversation (id)."""
        ...

    def of(self, conversation: str, engine: str, viewer: Viewer) -> Reading | None:
        """What this engine read in a conversation that the viewer may see, as its author sees it, else None."""
        ...

    def of_all(self, conversations: Collection[str], engine: str, viewer: Viewer) -> dict[str, Reading]:
        """The same for several conversations, by conversation (id); those that have none are left out."""
        ...

    def held_back(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places of a conversation that its author keeps back, in order; none where the viewer may not see it."""
        ...

    def held_back_in(self, conversations: Collection[str], viewer: Viewer) -> dict[str, tuple[Span, ...]]:
        """The same for several conversations, by conversation (id); those that have none are left out."""
        ...

    def under_name(self, conversation: str, viewer: Viewer) -> tuple[Span, ...]:
        """The places of a conversation that its author says under their name, in order, where that is not all of it.

        None where the viewer may not see it.
        """
        ...

    def hold_back(self, conversation: str, ids: Iterable[str], viewer: Viewer) -> None:
        """Mark exactly these statements of the viewer's own conversation as not to be shared."""
        ...

    def keep_back(self, conversation: str, span: Span, back: bool, viewer: Viewer) -> None:
        """Whether what is said at a place of the viewer's own conversation is held back; others stay as they are."""
        ...

    def put_name(self, conversation: str, span: Span, named: bool, viewer: Viewer) -> None:
        """Whether what is said at a place of the viewer's own conversation is said under their name."""
        ...

    def correct(self, correction: Correction, viewer: Viewer) -> None:
        """Keep what the viewer says of a place in their own conversation, in place of what they said of it before."""
        ...
