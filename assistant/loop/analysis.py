"""Analysing a round: read every conversation once, compare, put into words, suggest, publish."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.coaching.suggestions import suggestions
from assistant.comparison.compare import Comparison, Sides, compare
from assistant.domain.access import ANALYSIS
from assistant.domain.anonymity import reason, shown_count
from assistant.domain.conversation import Conversation
from assistant.domain.errors import Unknown
from assistant.domain.knowledge import Knowledge
from assistant.domain.organisation import Organisation
from assistant.domain.report import Claim, Finding, Report, Source, Suggestion
from assistant.domain.rounds import Round
from assistant.domain.statements import Reading, Statement
from assistant.domain.words import ConversationKind, Signal, Stance
from assistant.ports.engine import Engine
from assistant.ports.store import Store

Progress = Callable[[int, int], None]


def analyse(
    store: Store,
    engine: Engine,
    knowledge: Knowledge,
    key: str,
    manager: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> tuple[Report, ...]:
    """Make the reports of every manager of a round, or of one; each is kept as soon as it is made.

    Conversations that this engine has read are not read again, so that a second run is quick and gives the same.
    ``progress`` is told how many managers are done, and of how many. Raises Unknown for a round or manager that is not.
    """
    with store.work() as work:
        round_ = work.rounds.get(key)
        organisation = work.people.organisation()
        asked = sorted({m.manager for m in work.rounds.members(key)} & organisation.people.keys())
    if manager is not None:
        email = organisation.person(manager).email
        if email not in asked:
            raise Unknown(f"{email} has no direct reports in round {key}.")
        asked = [email]
    reports = []
    progress(0, len(asked))
    for done, email in enumerate(asked, 1):
        reports.append(_analyse_manager(store, engine, knowledge, round_, organisation, email))
        progress(done, len(asked))
    return tuple(reports)


def _analyse_manager(
    store: Store, engine: Engine, knowledge: Knowledge, round_: Round, organisation: Organisation, manager: str
) -> Report:
    with store.work() as work:
        conversations = work.conversations.about_manager(round_.key, manager, ANALYSIS)
        known = {c.id: work.statements.of(c.id, engine.name, ANALYSIS) for c in conversations}
        invited = sum(m.manager == manager for m in work.rounds.members(round_.key))
    fresh = {c.id: engine.read(c) for c in conversations if known[c.id] is None}
    readings = {id_: fresh.get(id_) or reading or Reading(()) for id_, reading in known.items()}
    sides = _sides(conversations, readings)
    topics = engine.topics([*(claim for claim, _ in sides.claims), *sides.observations])
    found = compare(sides, topics, round_.floor)
    findings = tuple(_worded(engine, knowledge, finding, found.claims) for finding in found.findings)
    first_name = organisation.people[manager].first_name if manager in organisation.people else manager
    report = Report(
        manager=manager,
        round_key=round_.key,
        invited=invited,
        respondents=shown_count(sides.respondents, round_.floor),
        suppressed=found.suppressed,
        reason=reason(round_.floor) if found.suppressed else None,
        engine=engine.name,
        fundamentals=found.fundamentals,
        claims=found.claims,
        findings=findings,
        climate=found.climate,
        summary="" if found.suppressed else engine.summary(first_name, findings, found.climate),
        suggestions=_suggested(engine, knowledge, found, findings),
        unsure=_unsure(conversations, readings, found.suppressed),
    )
    with store.work() as work:
        for id_, reading in fresh.items():
            work.statements.save(id_, engine.name, reading)
        work.reports.save(report)
    return report


def _suggested(
    engine: Engine, knowledge: Knowledge, found: Comparison, findings: tuple[Finding, ...]
) -> tuple[Suggestion, ...]:
    if found.suppressed:
        return ()
    return suggestions(findings, tuple(knowledge.practices.values()), engine, knowledge.behaviours)


def _sides(conversations: tuple[Conversation, ...], readings: dict[str, Reading]) -> Sides:
    reflections = [c for c in conversations if c.kind is ConversationKind.REFLECTION]
    feedbacks = [c for c in conversations if c.kind is ConversationKind.FEEDBACK]
    claims = [
        (statement, Source(n, statement.span.message, statement.span.start, statement.span.end))
        for n, conversation in enumerate(reflections)
        for statement in readings[conversation.id].statements
    ]
    observations: list[Statement] = []
    signals: dict[str, frozenset[Signal]] = {}
    for conversation in feedbacks:
        reading = readings[conversation.id]
        observations += [statement for statement in reading.statements if statement.shared]
        signals[conversation.author] = signals.get(conversation.author, frozenset()) | _shared_signals(reading)
    return Sides(tuple(claims), tuple(observations), signals)


def _shared_signals(reading: Reading) -> frozenset[Signal]:
    """The climate signals of a feedback, without those that only what was held back carries."""
    held_back = {statement.signal for statement in reading.statements if not statement.shared}
    shared = {statement.signal for statement in reading.statements if statement.shared}
    return frozenset(signal for signal in reading.signals if signal in shared or signal not in held_back)


def _worded(engine: Engine, knowledge: Knowledge, finding: Finding, claims: tuple[Claim, ...]) -> Finding:
    stances = [claim.stance for claim in claims if claim.id in finding.claims]
    leading = Stance.DOES if Stance.DOES in stances else stances[0] if stances else None
    behaviour = knowledge.behaviours[finding.behaviour]
    return replace(finding, text=engine.finding(finding.kind, behaviour, leading, finding.confidence))


def _unsure(conversations: tuple[Conversation, ...], readings: dict[str, Reading], suppressed: bool) -> int:
    counted = [c for c in conversations if not suppressed or c.kind is ConversationKind.REFLECTION]
    return sum(readings[conversation.id].unsure for conversation in counted)
