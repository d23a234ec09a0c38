"""What managers take on after a report: taken on, noted upon, looked back at. For the manager alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from assistant.domain.access import ANALYSIS, OPERATOR, Viewer, may_keep_commitments, person
from assistant.domain.commitments import Commitment, CommitmentState, asked_after, closed, noted, taken_on
from assistant.domain.conversation import Conversation
from assistant.domain.errors import BadInput, Refused, Unknown
from assistant.domain.knowledge import Behaviour, Knowledge
from assistant.domain.reading_log import Looked
from assistant.domain.report import Report
from assistant.domain.rounds import Round
from assistant.domain.words import ConversationKind
from assistant.loop.announcing import SILENT, Announcer
from assistant.loop.reader_log import look
from assistant.ports.store import Store, Work


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody wants to take on after the report of a round.

    ``suggestion`` is the id of one in the report; where it is None, it is the manager's own idea. ``behaviour`` is what
    it is about, else that of the suggestion. ``step`` is in the manager's words, else the next step of the suggestion.
    """

    round_key: str
    due: date
    suggestion: str | None = None
    behaviour: str = ""
    step: str = ""


def take_on(
    store: Store,
    knowledge: Knowledge,
    viewer: Viewer,
    manager: str,
    wanted: Intention,
    new_id: str,
    now: datetime,
    announcer: Announcer = SILENT,
) -> Commitment:
    """Keep what a manager takes on, and have them asked to look back on its day.

    Raises Unknown where there is no such report or suggestion, BadInput and Refused as the rules of commitments say.
    """
    with store.work() as work:
        email = _own(work, viewer, manager)
        report = _report(work, viewer, email, wanted.round_key)
        behaviour, practice, step = _meant(report, knowledge, wanted)
        question = behaviour.change_question
        new = Commitment(new_id, email, wanted.round_key, behaviour.id, practice, question, step, wanted.due, now)
        others = work.commitments.of(email, viewer)
        taken = taken_on(new, others)
        work.commitments.save(taken, viewer)
        announcer.taken_on(work, work.rounds.get(wanted.round_key), email, len(others) + 1, taken.due)
        return taken


def note_down(store: Store, viewer: Viewer, commitment: str, text: str, now: datetime) -> Commitment:
    """Add a private note. Raises Unknown where it is not the viewer's, BadInput where there is nothing in the note."""
    with store.work() as work:
        after = noted(work.commitments.get(commitment, viewer), text, now)
        work.commitments.save(after, viewer)
        return after


def look_back(
    store: Store, viewer: Viewer, commitment: str, state: CommitmentState, outcome: str, now: datetime
) -> Commitment:
    """Say what became of it. Raises Unknown where it is not the viewer's, Refused where that was said, BadInput."""
    with store.work() as work:
        after = closed(work.commitments.get(commitment, viewer), state, outcome, now)
        work.commitments.save(after, viewer)
        return after


def read_commitments(store: Store, viewer: Viewer, manager: str, now: datetime) -> tuple[Commitment, ...]:
    """What a manager has taken on, what is open first; the operator's look is written to the reader log."""
    with store.work() as work:
        email = _own(work, viewer, manager)
        if viewer == OPERATOR:
            work.reader_log.note(look(work, viewer, Looked.COMMITMENTS, "", (email,), now))
        return tuple(sorted(work.commitments.of(email, viewer), key=lambda one: (not one.is_open, one.due)))


def asked_in(work: Work, manager: str, round_: Round, viewer: Viewer) -> tuple[Commitment, ...]:
    """The commitments of a manager after which a round asks, the first of them in its conversations."""
    earlier = round_before(work, round_)
    return asked_after(work.commitments.of(manager, viewer), earlier.key if earlier else None, round_.opened_at)


def reflected_upon(work: Work, round_: Round, held: Conversation) -> str | None:
    """What the author of a reflection took on before, in their words; asked after in their first of a round alone."""
    if held.kind is not ConversationKind.REFLECTION:
        return None
    author = person(held.author)
    steps = [one.step for one in asked_in(work, held.author, round_, author) if one.step]
    if not steps:
        return None
    mine = work.conversations.mine(round_.key, held.kind, author)
    return steps[0] if not mine or mine[0].id == held.id else None


def change_asked(work: Work, round_: Round, held: Conversation) -> str | None:
    """The neutral question of a feedback after what its manager took on; it tells nothing of that."""
    if held.kind is not ConversationKind.FEEDBACK or held.about is None:
        return None
    asked = asked_in(work, held.about, round_, ANALYSIS)
    return asked[0].question if asked else None


def round_before(work: Work, round_: Round) -> Round | None:
    """The round that was opened before this one; None where it is the first."""
    keys = work.rounds.all()
    here = next(n for n, one in enumerate(keys) if one.key == round_.key)
    return keys[here + 1] if here + 1 < len(keys) else None


def _own(work: Work, viewer: Viewer, manager: str) -> str:
    email = work.people.organisation().person(manager).email
    if not may_keep_commitments(viewer, email):
        raise Refused("What a manager has taken on is theirs alone to see.")
    return email


def _report(work: Work, viewer: Viewer, manager: str, round_key: str) -> Report:
    report = work.reports.get(manager, round_key, viewer)
    if report is None:
        raise Unknown(f"There is no report for round {round_key} yet, from which something could be taken on.")
    return report


def _meant(report: Report, knowledge: Knowledge, wanted: Intention) -> tuple[Behaviour, str | None, str]:
    """What it is about, from which card it comes, and what will be done."""
    if wanted.suggestion is None:
        return _behaviour(knowledge, wanted.behaviour), None, wanted.step
    suggestion = next((one for one in report.suggestions if one.id == wanted.suggestion), None)
    if suggestion is None:
        raise Unknown(f"There is no suggestion {wanted.suggestion} in this report.")
    answered = next(finding for finding in report.findings if finding.id == suggestion.findings[0])
    step = wanted.step.strip() or suggestion.next_step
    return _behaviour(knowledge, wanted.behaviour or answered.behaviour), suggestion.practice, step


def _behaviour(knowledge: Knowledge, id: str) -> Behaviour:
    if id not in knowledge.behaviours:
        raise BadInput("Choose what it is about, so that the next round can ask after it.")
    return knowledge.behaviours[id]
