"""On whose answers a report rests: digests of all that it takes from each of them, whichever engine reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple

from assistant.comparison.compare import Sides
from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation
from assistant.domain.publishing import Contributions, Signed, marked, sealed
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind
from assistant.ports.store import Work


def contributions(
    work: Work,
    round_key: str,
    conversations: Iterable[Conversation],
    readings: Mapping[str, Reading],
    sides: Sides,
) -> Contributions:
    """By respondent what they contributed, as digests under the round's key; ``readings`` by conversation (id).

    Whatever an author can change after sending belongs in here, or its change would go unnoticed. ``sides``, which were
    made of the same, tell who signed what.
    """
    key = work.publications.key(round_key)
    given: dict[str, list[object]] = defaultdict(list)
    for held in conversations:
        if held.kind is ConversationKind.FEEDBACK:
            given[held.author].append(_given(work, held, readings[held.id]))
    return {
        sealed(key, author): marked(sealed(key, author, what), _signed(author, sides)) for author, what in given.items()
    }


def _signed(author: str, sides: Sides) -> Signed:
    if author in sides.wholly_named:
        return Signed.ALL
    return Signed.PART if author in sides.partly_named else Signed.NOTHING


def _given(work: Work, held: Conversation, reading: Reading) -> list[object]:
    """The words, which of them are said under a name, what is held back, and what is meant otherwise."""
    named = [astuple(one.span) for one in reading.statements if one.named]
    held_back = [astuple(place) for place in work.statements.held_back(held.id, ANALYSIS)]
    corrections = [
        [*astuple(one.span), astuple(one.meant) if one.meant else None]
        for one in work.corrections.of(held.id, ANALYSIS)
    ]
    return [held.said, named, held_back, corrections]
