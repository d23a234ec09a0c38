"""What was understood in a conversation, in the words of its author's page."""

from __future__ import annotations

from assistant.domain.knowledge import Knowledge
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import Stance
from assistant.web.rendering import render

_MEANT = {
    Stance.DOES: "something you do",
    Stance.ADMITS: "a gap you own up to",
    Stance.INTENDS: "something you intend to do",
    Stance.VALUED: "valued",
    Stance.MISSING: "missing",
    Stance.HARMFUL: "hurtful",
}


def counts_as(statement: Statement, knowledge: Knowledge) -> str:
    """What a statement counts as: the behaviour, and how it is meant."""
    return f"{knowledge.behaviours[statement.behaviour].doing} – {_MEANT[statement.stance]}"


def choices(reading: Reading, knowledge: Knowledge) -> list[tuple[str, str]]:
    """One choice a statement: what to read, and its id."""
    return [
        (f"“{statement.text}”\nIt would count as: {counts_as(statement, knowledge)}", statement.id)
        for statement in reading.statements
    ]


def before_sending(reading: Reading, is_reflection: bool) -> str:
    """The words above the choices."""
    return render(
        "before_sending",
        count=len(reading.statements),
        unsure=reading.unsure,
        is_reflection=is_reflection,
        was_read=reading.was_read,
    )


def after_sending(reading: Reading, knowledge: Knowledge, is_reflection: bool) -> str:
    """What was sent, and what was held back."""
    lines = [(s.text, counts_as(s, knowledge), s.shared) for s in reading.statements]
    return render("after_sending", lines=lines, is_reflection=is_reflection)
