"""A rehearsal of the talk with the team, in which the manager answers a team member who is played."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.conversation import Message
from assistant.domain.talk import Guide


@dataclass(frozen=True, slots=True)
class RolePlay:
    """Where a rehearsal stands, as whoever plays the team member is told it. Nobody's feedback is in it.

    ``guide`` is what the manager says in the talk. ``messages`` are the rehearsal so far: the team member's are the
    assistant's, and the manager has the last word. ``instead`` is the house's own next question. ``names`` are the
    words (lower case) of the real team's names, none of which may be said.
    """

    guide: Guide
    messages: tuple[Message, ...]
    instead: str
    names: frozenset[str] = frozenset()
