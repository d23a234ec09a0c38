"""On whose answers a report rests: digests of all that it takes from each of them, whichever engine reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple

from assistant.comparison.compare import Sides
from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation
from assistant.domain.corrections import Correction
from assistant.domain.publishing import Contributions, Signed, marked, sealed
from assistant.domain.statements import Reading, Span
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
    feedback = [held for held in conversations if held.kind is ConversationKind.FEEDBACK]
    ids = [held.id for held in feedback]
    held_back, corrected = work.statements.held_back_in(ids, ANALYSIS), work.corrections.of_all(ids, ANALYSIS)
    given: dict[str, list[object]] = defaultdict(list)
    for held in feedback:
        back, corrections = held_back.get(held.id, ()), corrected.get(held.id, ())
        given[held.author].append(_given(held, readings[held.id], back, corrections))
    return {
        sealed(key, author): marked(sealed(key, author, what), _signed(author, sides)) for author, what in given.items()
    }


def _signed(author: str, sides: Sides) -> Signed:
    if author in sides.wholly_named:
        return Signed.ALL
    return Signed.PART if author in sides.partly_named else Signed.NOTHING


def _given(
    held: Conversation, reading: Reading, held_back: Sequence[Span], corrections: Sequence[Correction]
) -> list[object]:
    """The words, which of them are said under a name, what is held back, and what is meant otherwise."""
    named = [astuple(one.span) for one in reading.statements if one.named]
    meant = [[*astuple(one.span), astuple(one.meant) if one.meant else None] for one in corrections]
    return [held.said, named, [astuple(place) for place in held_back], meant]
