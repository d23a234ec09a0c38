"""What a manager takes on after a report, and what becomes of it: pure rules, and nobody's business but their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from assistant.domain.errors import BadInput, Refused

MOST_OPEN = 2
LONGEST_TEXT = 2_000
LATEST = timedelta(days=366)


class CommitmentState(StrEnum):
    """How far a commitment has come; the last three are how it can end."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a manager wrote down for themselves on the way."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that a manager has taken on.

    ``round_key`` is the round whose report it came of, ``behaviour`` an id of the knowledge base, ``practice`` the card
    it was taken from, None where it is the manager's own idea. ``question`` is what the next round puts to the team, in
    the house's words. ``step``, ``outcome`` and ``notes`` are the manager's
    own words; they are empty once those have been deleted. ``due`` is the day on which they want to look back at it.
    """

    id: str
    manager: str
    round_key: str
    behaviour: str
    practice: str | None
    question: str
    step: str
    due: date
    taken_at: datetime
    state: CommitmentState = CommitmentState.OPEN
    closed_at: datetime | None = None
    outcome: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing has been said yet of what became of it."""
        return self.state is CommitmentState.OPEN

    @property
    def without_words(self) -> Commitment:
        """The same without anything that its manager wrote."""
        return replace(self, step="", outcome="", notes=())

    def is_due(self, today: date) -> bool:
        """Whether it is time to ask what happened."""
        return self.is_open and today >= self.due

    def words_are_due(self, now: datetime, days: int) -> bool:
        """Whether its words are to be deleted: so many days after it ended, or after its day where it never did."""
        ended = self.closed_at.date() if self.closed_at else self.due
        return now.date() >= ended + timedelta(days=days)


def taken_on(new: Commitment, others: Iterable[Commitment]) -> Commitment:
    """The new commitment beside all ``others`` of its manager.

    Raises Refused where as many are open as anybody can keep in mind, BadInput where it has no words or no sound date.
    """
    if sum(other.is_open for other in others) >= MOST_OPEN:
        raise Refused(
            f"You have {MOST_OPEN} commitments open. Say what became of one of them before you take on another."
        )
    today = new.taken_at.date()
    if not today <= new.due <= today + LATEST:
        raise BadInput("Choose a day from today on, and within a year.")
    return replace(new, step=_words(new.step, "Say in a sentence what you will do."))


def noted(commitment: Commitment, text: str, at: datetime) -> Commitment:
    """The commitment with one more private note. Raises BadInput where there is nothing in it, or too much."""
    return replace(commitment, notes=(*commitment.notes, Note(at, _words(text, "There is nothing in this note yet."))))


def closed(commitment: Commitment, state: CommitmentState, outcome: str, at: datetime) -> Commitment:
    """The commitment once its manager has said what happened.

    Raises Refused where that was said before, BadInput where no end is named, or no reason where it is not done.
    """
    if not commitment.is_open:
        raise Refused("You have said already what became of this.")
    if state is CommitmentState.OPEN:
        raise BadInput("Say whether you did it, changed it or let it go.")
    said = outcome.strip()
    if state is not CommitmentState.DONE or said:
        said = _words(said, "Say in a few words why, so that you know it later.")
    return replace(commitment, state=state, outcome=said, closed_at=at)


def asked_after(
    commitments: Iterable[Commitment], earlier_round: str | None, opened_at: datetime
) -> tuple[Commitment, ...]:
    """Those after which a round that opened then asks, the one that was due first before others.

    What was taken on after the report of the round before, or was still open, and was not let go. It is settled before
    the first answer comes in, so that nobody chooses by the answers what a report tells.
    """
    found = [
        one
        for one in commitments
        if one.taken_at < opened_at
        and one.state is not CommitmentState.DROPPED
        and (one.round_key == earlier_round or one.closed_at is None or one.closed_at >= opened_at)
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.taken_at, one.id)))


def _words(text: str, if_empty: str) -> str:
    words = text.strip()
    if not words:
        raise BadInput(if_empty)
    if len(words) > LONGEST_TEXT:
        raise BadInput(f"This has at most {LONGEST_TEXT:,} characters; it has {len(words):,}.")
    return words
