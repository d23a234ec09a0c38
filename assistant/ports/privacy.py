"""Where it is kept what people were told before they wrote."""

from __future__ import annotations

from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.privacy import PrivacyStatement, Told


class Privacy(Protocol):
    """Statements with the conversations under which they were written."""

    def tell(self, conversation: str, told: Told, viewer: Viewer) -> None:
        """Keep that the viewer was told this; nothing is done where it is what they were told last.

        Raises Unknown where the viewer may not see the conversation.
        """
        ...

    def told(self, conversation: str, viewer: Viewer) -> tuple[Told, ...]:
        """All that the author was told, in order; nothing for an imported one. Raises Unknown like :meth:`tell`."""
        ...

    def last_told(self, conversation: str, viewer: Viewer) -> PrivacyStatement | None:
        """What the author was told last. Raises Unknown like :meth:`tell`."""
        ...
