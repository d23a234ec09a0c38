"""What was understood in a conversation, in the words of its author's page."""

from __future__ import annotations

from assistant.domain.knowledge import Knowledge
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import Fundamental, Stance
from assistant.loop.corrections import likely
from assistant.ports.engine import Engine
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
_LABEL = 60


def counts_as(statement: Statement, knowledge: Knowledge) -> str:
    """What a statement counts as: the behaviour, and how it is meant."""
    return f"{knowledge.behaviours[statement.behaviour].doing} – {_MEANT[statement.stance]}"


def choices(reading: Reading) -> list[tuple[str, str]]:
    """One choice a statement, to hold it back: what to read, and its id."""
    return [(f"{n}. “{_short(statement.text)}”", statement.id) for n, statement in enumerate(reading.statements, 1)]


def before_sending(reading: Reading, is_reflection: bool, engine: Engine, knowledge: Knowledge) -> str:
    """The words above the choices, and each line with the ways to correct it."""
    return render(
        "before_sending",
        count=len(reading.statements),
        unsure=reading.unsure,
        is_reflection=is_reflection,
        was_read=reading.was_read,
        lines=[line(s, n, engine, knowledge) for n, s in enumerate(reading.statements, 1)],
    )


def line(statement: Statement, number: int, engine: Engine, knowledge: Knowledge, in_report: bool = False) -> str:
    """One line: what was said, what it counts as, and a form to say that it is right, something else or nothing.

    ``in_report`` is for a claim beside a report, where its words stand already.
    """
    by_fundamental = [(f.title, [b for b in knowledge.behaviours.values() if b.fundamental is f]) for f in Fundamental]
    stances = _OF_A_CLAIM if statement.is_claim else _OF_AN_OBSERVATION
    return render(
        "line",
        statement=statement,
        number=number,
        in_report=in_report,
        counts_as=counts_as(statement, knowledge),
        likely=[knowledge.behaviours[id_] for id_ in likely(engine, knowledge, statement)],
        groups=by_fundamental,
        stances=[(stance.value, _MEANT[stance]) for stance in stances],
    )


def after_sending(reading: Reading, knowledge: Knowledge, is_reflection: bool) -> str:
    """What was sent, and what was held back."""
    lines = [(s.text, counts_as(s, knowledge), s.shared, s.view.value) for s in reading.statements]
    return render("after_sending", lines=lines, is_reflection=is_reflection)


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[:_LABEL].rsplit(' ', 1)[0]} …"
