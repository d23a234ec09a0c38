"""From conversations and what was read in them to the two sides that are compared."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple

from assistant.comparison.compare import Sides
from assistant.domain.conversation import Conversation
from assistant.domain.report import NamedStatement, Source
from assistant.domain.statements import Described, Reading, Signs, Statement
from assistant.domain.words import ConversationKind, Signal


def sides_of(conversations: Iterable[Conversation], readings: Mapping[str, Reading]) -> Sides:
    """Both sides, without what was held back; ``readings`` by conversation (id)."""
    reflections = [c for c in conversations if c.kind is ConversationKind.REFLECTION]
    feedbacks = [c for c in conversations if c.kind is ConversationKind.FEEDBACK]
    feedbacks.sort(key=lambda conversation: conversation.said)  # no report hangs on who answered when
    claims = [
        (statement, Source(n, statement.span.message, statement.span.start, statement.span.end))
        for n, conversation in enumerate(reflections)
        for statement in readings[conversation.id].statements
        if statement.shared
    ]
    observations: list[Statement] = []
    signals: dict[str, dict[Signal, float]] = {}
    signs: dict[str, list[Signs | None]] = defaultdict(list)
    for conversation in feedbacks:
        reading = readings[conversation.id]
        observations += [statement for statement in reading.statements if statement.shared]
        told = signals.setdefault(conversation.author, {})
        signs[conversation.author].append(shared_signs(reading, conversation.named))
        for one in shared_signals(reading, conversation.named):
            told[one.signal] = 1 - (1 - told.get(one.signal, 0.0)) * (1 - one.probability)
    naming = {o.author for o in observations if o.named}
    unnamed = {o.author for o in observations if not o.named}
    known = frozenset(naming - unnamed), frozenset(naming & unnamed)
    return Sides(tuple(claims), tuple(observations), signals, *known, _together(signs))


def named_in(sides: Sides) -> tuple[NamedStatement, ...]:
    """What was shared under a name, in the order in which it was said; each person's together."""
    named = sorted((o for o in sides.observations if o.named), key=lambda o: o.author)
    return tuple(
        NamedStatement(f"n{n}", o.author, o.text, o.fundamental, o.behaviour, o.stance) for n, o in enumerate(named, 1)
    )


def shared_signals(reading: Reading, signed: bool = False) -> tuple[Described, ...]:
    """The climate signals of a feedback, without what was held back; ``signed`` where it is under a name as a whole.

    Where something was held back, only signals count that a shared statement carries: how probable the others are, is
    told by the conversation as a whole, and so by what was held back, too. So it is where each line was signed by
    itself: whoever did so counts as known, and the rest is what they have not signed.
    """
    if _shared_whole(reading, signed):
        return reading.signals
    carried = {statement.signal for statement in reading.statements if statement.shared}
    return tuple(one for one in reading.signals if one.signal in carried)


def shared_signs(reading: Reading, signed: bool = False) -> Signs | None:
    """What a feedback as a whole says of trust and fear; None where a part of it was held back, or is signed alone."""
    return reading.signs if _shared_whole(reading, signed) else None


def _shared_whole(reading: Reading, signed: bool) -> bool:
    shared = [statement for statement in reading.statements if statement.shared]
    line_by_line = bool(shared) and not signed and all(statement.named for statement in shared)
    return len(shared) == len(reading.statements) and not line_by_line


def _together(signs: Mapping[str, Sequence[Signs | None]]) -> dict[str, Signs]:
    """The signs of each respondent in all that they said, of whom each feedback tells some."""
    made = {}
    for who, given in signs.items():
        told = [one for one in given if one is not None]
        if len(told) == len(given):
            trust, fear = (1 - math.prod(1 - p for p in side) for side in zip(*map(astuple, told), strict=True))
            made[who] = Signs(trust, fear)
    return made
