"""What was understood in a conversation, in the words of its author's page."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.bootstrap import Parts
from assistant.domain.conversation import LONGEST_MESSAGE, Conversation
from assistant.domain.corrections import digest_of
from assistant.domain.knowledge import Knowledge
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import ConversationKind, Fundamental, Stance
from assistant.loop.corrections import likely
from assistant.loop.giving_away import LookedAt, look_at
from assistant.ports.engine import Engine
from assistant.web.giveaway_words import segments
from assistant.web.rendering import render

_MEANT = {
    Stance.DOES: "something you do",
    Stance.ADMITS: "a gap you own up to",
    Stance.INTENDS: "something you intend to do",
    Stance.VALUED: "valued",
    Stance.MISSING: "missing",
    Stance.HARMFUL: "hurtful",
}
_OF_A_CLAIM = (Stance.DOES, Stance.ADMITS, Stance.INTENDS)
_OF_AN_OBSERVATION = (Stance.VALUED, Stance.MISSING, Stance.HARMFUL)


def counts_as(statement: Statement, knowledge: Knowledge) -> str:
    """What a statement counts as: the behaviour, and how it is meant."""
    return f"{knowledge.behaviours[statement.behaviour].doing} – {_MEANT[statement.stance]}"


def before_sending(parts: Parts, held: Conversation, reading: Reading) -> str:
    """The whole preview: each line with what could give its author away, and the ways to change what becomes of it."""
    is_reflection = held.kind is ConversationKind.REFLECTION
    with parts.store.work() as work:
        organisation = work.people.organisation()
    looked: Sequence[LookedAt | None] = [None] * len(reading.statements)
    if not is_reflection:
        spotter = parts.spotter
        looked = look_at(reading, organisation, held.about, spotter, spotter, parts.embedded, parts.knowledge)
    return render(
        "before_sending",
        conversation=held.id,
        count=len(reading.statements),
        unsure=reading.unsure,
        is_reflection=is_reflection,
        named_as_a_whole=held.named,
        was_read=reading.was_read,
        lines=[
            line(s, n, parts.engine, parts.knowledge, looked=found, named_as_a_whole=held.named)
            for n, (s, found) in enumerate(zip(reading.statements, looked, strict=True), 1)
        ],
    )


def line(
    statement: Statement,
    number: int,
    engine: Engine,
    knowledge: Knowledge,
    in_report: bool = False,
    looked: LookedAt | None = None,
    named_as_a_whole: bool = False,
) -> str:
    """One line: what was said, what it counts as, and forms to say how it was meant and what becomes of it.

    ``in_report`` is for a claim beside a report, where its words stand already. ``looked`` tells what in a feedback
    could give its author away.
    """
    by_fundamental = [(f.title, [b for b in knowledge.behaviours.values() if b.fundamental is f]) for f in Fundamental]
    stances = _OF_A_CLAIM if statement.is_claim else _OF_AN_OBSERVATION
    pieces = segments(statement.text, looked.giveaways if looked else ())
    return render(
        "line",
        statement=statement,
        number=number,
        in_report=in_report,
        counts_as=counts_as(statement, knowledge),
        likely=[knowledge.behaviours[id_] for id_ in likely(engine, knowledge, statement)],
        groups=by_fundamental,
        stances=[(stance.value, _MEANT[stance]) for stance in stances],
        looked=looked,
        segments=pieces,
        whys=list(dict.fromkeys(piece for piece in pieces if piece[1])),
        digest=digest_of(statement.text),
        longest=LONGEST_MESSAGE,
        named_as_a_whole=named_as_a_whole,
    )


def after_sending(reading: Reading, knowledge: Knowledge, is_reflection: bool) -> str:
    """What was sent, and what was held back."""
    lines = [(s.text, counts_as(s, knowledge), s.shared, s.view.value, s.named) for s in reading.statements]
    return render("after_sending", lines=lines, is_reflection=is_reflection)
