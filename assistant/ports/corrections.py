"""Where it is kept how authors see what was read in their words."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.corrections import Adjustment, Correction, Example
from assistant.domain.rewording import Edit


class Corrections(Protocol):
    """Corrections by their place in a conversation, and whether they are used; gone with the conversation."""

    def of(self, conversation: str, viewer: Viewer) -> tuple[Correction, ...]:
        """Those of a conversation that the viewer may see, in order of place; others have none."""
        ...

    def of_all(self, conversations: Collection[str], viewer: Viewer) -> dict[str, tuple[Correction, ...]]:
        """The same for several conversations, by conversation (id); those that have none are left out."""
        ...

    def examples(self, viewer: Viewer) -> tuple[Example, ...]:
        """Those with the words they are about, as far as the viewer may see them; nothing that is held back."""
        ...

    def adjustment(self) -> Adjustment | None:
        """How corrections are used; None where they are not."""
        ...

    def follow(self, conversation: str, edit: Edit) -> None:
        """Move along with an edit of the author's words; what was said of the words that are gone goes with them."""
        ...

    def use(self, adjustment: Adjustment | None) -> None:
        """Use them so from now on."""
        ...
