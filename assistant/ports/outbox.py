"""Where it is kept what is to be sent, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from assistant.domain.access import Viewer
from assistant.domain.notices import Channel, Circumstances, Notice, NoticeCounts


class Outbox(Protocol):
    """Notices by id. Of each kind a person or channel has one in a round, of reminders one a number."""

    def put(self, notices: Iterable[Notice]) -> None:
        """Keep new notices; those of which there is one already are left out, whatever became of it."""
        ...

    def has_any(self, round_key: str, channel: Channel) -> bool:
        """Whether anything of a round goes this way, or went."""
        ...

    def next_due(self, channels: Iterable[Channel], now: datetime) -> Notice | None:
        """The notice that has waited longest of those that are due."""
        ...

    def due(self, channel: Channel, now: datetime) -> tuple[Notice, ...]:
        """All that is due on one way."""
        ...

    def sending(self) -> tuple[Notice, ...]:
        """What somebody has begun to send and not settled."""
        ...

    def keep(self, notice: Notice) -> None:
        """Keep what has become of a notice; one that was erased meanwhile stays so."""
        ...

    def circumstances(self, notice: Notice, viewer: Viewer) -> Circumstances:
        """What decides about a notice now. Raises Refused unless the viewer is its person, or it is to a channel."""
        ...

    def counts(self, viewer: Viewer) -> NoticeCounts:
        """How many notices are in which state. Raises Refused where the viewer does not run rounds."""
        ...

    def failed(self, viewer: Viewer) -> tuple[Notice, ...]:
        """What was given up and whose address an admin has to see to: nothing that tells of its person.

        Raises Refused where the viewer does not run rounds.
        """
        ...

    def settled_badly(self, viewer: Viewer, unconfirmed: bool) -> tuple[Notice, ...]:
        """All that was given up, and what is unconfirmed where asked for. Raises Refused unless the operator asks."""
        ...

    def stop_token(self, id: str) -> str:
        """What proves that somebody has the mail of this notice: a keyed digest, which nobody can make up."""
        ...

    def find(self, id: str) -> Notice | None:
        """The notice, if there is one."""
        ...

    def set_reminders(self, email: str, wanted: bool) -> None:
        """Whether a person wants to be reminded, from now on in all rounds."""
        ...

    def end_reminders(self, round_key: str, at: datetime) -> None:
        """Drop all reminders of a round, and forget which of them went out: that tells who has answered."""
        ...

    def forget(self, email: str) -> None:
        """Delete all notices to a person, and what they want of reminders."""
        ...
