"""Authors say how their own words were meant."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.access import Viewer, may_correct
from assistant.domain.conversation import Conversation, ConversationState
from assistant.domain.corrections import Correction, Meaning, digest_of, read_in
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.knowledge import Knowledge
from assistant.domain.report import Report
from assistant.domain.statements import Span, Statement
from assistant.domain.words import CLAIM_STANCES, OBSERVATION_STANCES, ConversationKind, Stance
from assistant.loop.adjusting import in_use
from assistant.loop.conversations import preview
from assistant.ports.engine import Engine
from assistant.ports.store import Store, Work

MOST_OFFERED = 4


class Says(StrEnum):
    """What an author says of a line: right as it was read, something else, or nothing of the kind."""

    RIGHT = "right"
    CHANGED = "changed"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Word:
    """An author's word on one line; ``behaviour`` and ``stance`` are given with CHANGED."""

    says: Says
    behaviour: str = ""
    stance: str = ""


def correct(
    store: Store, engine: Engine, knowledge: Knowledge, viewer: Viewer, conversation: str, span: Span, word: Word
) -> Statement:
    """Keep what the viewer says of the line that was read at ``span`` of their own conversation; the line as it is now.

    A report that was made stays as it is; the next analysis uses what was said. Raises Unknown where the viewer may not
    see the conversation or no line was read there, Refused where it may no longer be corrected, BadInput where the
    behaviour or stance is none.
    """
    engine = in_use(store, engine)
    with store.work() as work:
        _own(work, viewer, conversation)
    preview(store, engine, viewer, conversation)
    with store.work() as work:
        held = _own(work, viewer, conversation)
        before = _line(work, engine, viewer, conversation, span)
        was = _first_read(work, viewer, before)
        meant = _meant(word, was, knowledge, held.kind)
        work.statements.correct(Correction(conversation, span, digest_of(before.text), was, meant), viewer)
        return _line(work, engine, viewer, conversation, span)


def likely(engine: Engine, knowledge: Knowledge, statement: Statement) -> tuple[str, ...]:
    """The behaviours that a line is most probably about, the one it was read as first."""
    offered = dict.fromkeys((statement.behaviour, *engine.likely(statement.text)))
    return tuple(behaviour for behaviour in offered if behaviour in knowledge.behaviours)[:MOST_OFFERED]


def own_claims(store: Store, engine: Engine, viewer: Viewer, report: Report) -> dict[str, Statement]:
    """The lines of the viewer's reflections behind the claims of their own report, by the claim's id.

    A claim has none where its reflection has been read by another engine since.
    """
    engine, reflection = in_use(store, engine), ConversationKind.REFLECTION
    with store.work() as work:
        mine = work.conversations.mine(report.round_key, reflection, viewer) if viewer.email == report.manager else ()
        sent = [held for held in mine if held.state is ConversationState.SENT]
        readings = [work.statements.of(held.id, engine.reads_as, viewer) for held in sent]
    lines = {
        (n, s.span, s.text): s for n, reading in enumerate(readings) for s in (reading.statements if reading else ())
    }
    at = {c.id: (c.source.conversation, Span(c.source.message, c.source.start, c.source.end)) for c in report.claims}
    return {c.id: lines[*at[c.id], c.text] for c in report.claims if (*at[c.id], c.text) in lines}


def _own(work: Work, viewer: Viewer, conversation: str) -> Conversation:
    held = work.conversations.get(conversation, viewer)
    if not may_correct(viewer, held, work.rounds.get(held.round_key)):
        raise Refused("The round is closed, so how this was meant can no longer be changed.")
    return held


def _line(work: Work, engine: Engine, viewer: Viewer, conversation: str, span: Span) -> Statement:
    reading = work.statements.of(conversation, engine.reads_as, viewer)
    found = [s for s in (reading.statements if reading else ()) if s.span == span]
    if not found:
        raise Unknown("This line is not there any more. Reload the page to see what is.")
    return found[0]


def _first_read(work: Work, viewer: Viewer, statement: Statement) -> Meaning:
    """What the line was read as before its author said anything about it."""
    said = {c.span: c for c in work.corrections.of(statement.conversation, viewer)}
    return said[statement.span].was if statement.span in said else read_in(statement)


def _meant(word: Word, was: Meaning, knowledge: Knowledge, kind: ConversationKind) -> Meaning | None:
    if word.says is Says.NOTHING:
        return None
    if word.says is Says.RIGHT:
        return was
    stances = CLAIM_STANCES if kind is ConversationKind.REFLECTION else OBSERVATION_STANCES
    behaviour = knowledge.behaviours.get(word.behaviour)
    stance = next((s for s in stances if s.value == word.stance), None)
    if behaviour is None or stance is None:
        raise BadInput("Choose what it is about, and how it was meant.")
    return Meaning(behaviour.fundamental, behaviour.id, Stance(stance))
