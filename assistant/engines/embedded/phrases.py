"""Wordings of a guided conversation that both kinds share, and the shape of those that differ.

Placeholders: ``{author}`` and ``{who}`` are first names ("your team", "your manager" where there is none), ``{floor}``
is the anonymity floor, ``{gist}``, ``{further}``, ``{echo}``, ``{quote}`` and ``{as_written}`` words of the author's
own, ``{commitment}`` what the manager took on in the last round, ``{change_asked}`` a whole question on a change. Each
wording that asks holds one question mark, each other holds none.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.interview import Slot
from assistant.domain.words import Fundamental
from assistant.engines.embedded.wishes import Empty

Wordings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Everything that is said in one kind of conversation; ``closed`` answers whoever writes after the close.

    ``opening_after_commitment`` opens a reflection that asks first after what was taken on in the last round, and
    ``value_question`` is how the value question is put then.

    Only a reflection is ever turned to the person or to the manager's own part.
    """

    opening: Wordings
    ask: dict[Slot, Wordings]
    fundamental: dict[Fundamental, Wordings]
    before_fundamental: Wordings
    try_once_more: dict[Slot, Wordings]
    why: dict[Slot, Wordings]
    privacy: Wordings
    close: Wordings
    closed: Wordings
    turn_to_person: Wordings = ()
    turn_to_own_part: Wordings = ()
    opening_after_commitment: Wordings = ()
    value_question: str = ""


TAKEN_UP: Wordings = (
    "{gist}.",
    "So {gist}.",
)
TAKEN_UP_LATER: Wordings = (
    "{gist}.",
    "So {gist}.",
    "{gist}.",
    "And {gist}.",
)
"""How a clause alone is said back from the second answer on: every other one as it is."""

TAKEN_FURTHER: Wordings = (
    "{further}.",
    "And {further}.",
)
TAKEN_BACK: Wordings = (
    "{echo}.",
    "{echo}, then.",
)
TAKEN_BACK_LONG = "{echo}."
"""How a few words without a clause are said back, and how more than a few or what begins with "that"."""

TAKEN_WORD_FOR_WORD: Wordings = (
    "\u201c{quote}\u201d, you say.",
    "You say \u201c{quote}\u201d.",
    "So, \u201c{quote}\u201d.",
)
"""How a short sentence is said back that cannot be turned to "you"."""

TAKEN_AS_WRITTEN: Wordings = (
    "You write \u201c\u2068{as_written}\u2069\u201d.",
    "\u201c\u2068{as_written}\u2069\u201d, you write.",
    "So, \u201c\u2068{as_written}\u2069\u201d.",
)
"""How a piece in another language is said back; it is set apart (U+2068), for it may run from right to left."""

ENGLISH_ONLY = "I read English only; your words are kept."

NOTHING_SAID: dict[Empty, Wordings] = {
    Empty.NOTHING: ("nothing comes to mind", "nothing stands out"),
    Empty.UNSURE: ("you are not sure", "it is hard to say"),
    Empty.POINTLESS: ("you see little point in this", "you doubt that this leads anywhere"),
}
"""Clauses for what stands in place of an answer; for a bare one there is none."""

WARY: Wordings = ("you are wary of what this is for", "you doubt what this is for")
"""Clauses for whoever takes the assistant to be after something."""

TAKEN_IN: Wordings = (
    "Thank you.",
    "I see.",
    "All right.",
    "I understand.",
    "Thanks.",
)
NOTHING_IS_FINE: Wordings = (
    "That is fine.",
    "Then we leave it.",
    "All right, good to know.",
    "That is an answer, too.",
    "Fine, there need not be.",
)
SKIPPED: Wordings = (
    "That is fine, we leave that one out.",
    "Of course. Something else, then.",
    "No problem, we go on.",
    "All right, we let that one be.",
    "Gladly. Here is another one.",
)
WENT_BACK: Wordings = (
    "Of course, one step back.",
    "Gladly, back to the one before.",
    "All right, we go back by one.",
    "Sure, here it is again.",
    "No problem, back to that.",
)
