"""On whose answers a report rests: digests of all that it takes from each of them, whichever engine reads it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple

from assistant.domain.access import ANALYSIS
from assistant.domain.conversation import Conversation
from assistant.domain.publishing import Contributions, sealed
from assistant.domain.statements import Reading
from assistant.domain.words import ConversationKind
from assistant.ports.store import Work


def contributions(
    work: Work,
    round_key: str,
    conversations: Iterable[Conversation],
    readings: Mapping[str, Reading],
    wholly_named: Collection[str],
) -> Contributions:
    """By respondent what they contributed, as digests under the round's key; ``readings`` by conversation (id).

    Whatever an author can change after sending belongs in here, or its change would go unnoticed. Whoever said
    all of it under their name (``wholly_named``) is not among them: their manager reads it anyway, and it hides nobody.
    """
    key = work.publications.key(round_key)
    given: dict[str, list[object]] = defaultdict(list)
    for held in conversations:
        if held.kind is ConversationKind.FEEDBACK and held.author not in wholly_named:
            given[held.author].append(_given(work, held, readings[held.id]))
    return {sealed(key, author): sealed(key, author, what) for author, what in given.items()}


def _given(work: Work, held: Conversation, reading: Reading) -> list[object]:
    """The words, which of them are said under a name, what is held back, and what is meant otherwise."""
    named = [astuple(one.span) for one in reading.statements if one.named]
    held_back = [astuple(place) for place in work.statements.held_back(held.id, ANALYSIS)]
    corrections = [
        [*astuple(one.span), astuple(one.meant) if one.meant else None]
        for one in work.corrections.of(held.id, ANALYSIS)
    ]
    return [held.said, named, held_back, corrections]
