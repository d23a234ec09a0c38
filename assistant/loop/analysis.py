"""Analysing a round: read every conversation once, compare, put into words, suggest, publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.coaching.suggestions import suggestions
from assistant.comparison.compare import Comparison, compare
from assistant.comparison.roll_up import tally
from assistant.comparison.trend import echoes
from assistant.domain.access import ANALYSIS
from assistant.domain.anonymity import reason, shown_count
from assistant.domain.authorship import Author, Written
from assistant.domain.commitments import Commitment
from assistant.domain.conversation import Conversation
from assistant.domain.errors import Refused, Unknown
from assistant.domain.knowledge import Knowledge
from assistant.domain.narration import Outline
from assistant.domain.organisation import Organisation, Person
from assistant.domain.publishing import Version, may_replace
from assistant.domain.report import Finding, ReadBy, Report, Suggestion
from assistant.domain.rounds import Round
from assistant.domain.statements import Reading
from assistant.domain.usage import Sums
from assistant.domain.words import ConversationKind, Stance
from assistant.loop.adjusting import in_use
from assistant.loop.announcing import SILENT, Announcer
from assistant.loop.commitments import asked_in
from assistant.loop.reading import WasRead, analysis_of, known_of, read_side_of
from assistant.loop.serious import looked_through
from assistant.loop.sides import named_in, sides_of
from assistant.ports.engine import Engine
from assistant.ports.store import Store, Work

Progress = Callable[[int, int], None]


def analyse(
    store: Store,
    engine: Engine,
    knowledge: Knowledge,
    key: str,
    manager: str | None = None,
    progress: Progress = lambda _done, _of: None,
    announcer: Announcer = SILENT,
) -> tuple[Report, ...]:
    """Make the reports of every manager of a round, or of one; each is kept as soon as it is made.

    A report that somebody has seen stays where the new one beside it would tell of fewer people than the floor; then it
    is given back as it stands (docs/anonymity.md).
    Conversations that this engine has read are not read again, so that a second run is quick and gives the same. Where
    another engine had to stand in, the second run tries again.
    ``progress`` is told how many managers are done, and of how many. Where the round is closed, the ``announcer`` tells
    each manager of their report. Raises Unknown for a round or manager that is not, Refused where what was said in the
    round has been deleted: then its reports stay as they are.
    """
    engine = in_use(store, engine).of_round(key)
    asked = _asked(store, key, manager)
    reports = []
    progress(0, len(asked))
    for done, one in enumerate(asked, 1):
        read = read_side_of(store, engine, key, one.manager.email)
        report = _made(engine, knowledge, one, read.conversations, read.readings)
        reports.append(_keep(store, report, read, one.round, announcer))
        progress(done, len(asked))
    return tuple(reports)


def managers_asked(store: Store, key: str, manager: str | None = None) -> tuple[str, ...]:
    """The e-mails of the managers whose reports an analysis makes. Raises Unknown and Refused like :func:`analyse`."""
    return tuple(one.manager.email for one in _asked(store, key, manager))


def announce_reports(store: Store, key: str, announcer: Announcer) -> None:
    """Tell the channels that the reports of a round are there, once all are made."""
    with store.work() as work:
        if (asked := set(_invited(work, key))) and asked <= work.reports.made(key):
            announcer.reports_made(work, work.rounds.get(key))


def estimate(
    store: Store,
    engine: Engine,
    knowledge: Knowledge,
    key: str,
    manager: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Sums:
    """About what :func:`analyse` would use of a language model now; nothing is called, and nothing is kept.

    What this engine has read already costs nothing. Raises Unknown and Refused like :func:`analyse`.
    """
    rehearsal = in_use(store, engine).of_round(key).rehearsed()
    asked = _asked(store, key, manager)
    progress(0, len(asked))
    for done, one in enumerate(asked, 1):
        found, known = known_of(store, rehearsal, key, one.manager.email)
        readings = {c.id: known.get(c.id) or rehearsal.read(looked_through(rehearsal, c).usable) for c in found}
        _made(rehearsal, knowledge, one, found, readings)
        progress(done, len(asked))
    return rehearsal.would_use


@dataclass(frozen=True, slots=True)
class _Asked:
    """A manager of a round, how many were asked about them, and what they took on before (without their words)."""

    round: Round
    manager: Person
    invited: int
    commitments: tuple[Commitment, ...]


def _asked(store: Store, key: str, manager: str | None) -> list[_Asked]:
    one = manager.strip().lower() if manager is not None else None
    with store.work(*([analysis_of(key, one)] if one else [])) as work:
        round_ = work.rounds.get(key)
        round_.require_words()
        people = (work.people.organisation() if one is None else _alone(work, one)).people
        invited = _invited(work, key, one)
        if one is not None and one not in invited:
            raise Unknown(f"{one} has no direct reports in round {key}.")
        return [
            _Asked(round_, people[email], invited[email], asked_in(work, email, round_, ANALYSIS))
            for email in sorted(invited)
        ]


def _invited(work: Work, key: str, manager: str | None = None) -> Counter[str]:
    """How many people were asked about each manager who is there, or about one."""
    counted = Counter(m.manager for m in work.rounds.members(key, manager))
    there = (work.people.organisation() if manager is None else work.people.among([manager])).people
    return Counter({email: number for email, number in counted.items() if email in there})


def _alone(work: Work, email: str) -> Organisation:
    """This person and nobody else, so that a single report does not load everybody; raises Unknown."""
    found = work.people.among([email])
    found.person(email)
    return found


def _made(
    engine: Engine,
    knowledge: Knowledge,
    asked: _Asked,
    conversations: tuple[Conversation, ...],
    readings: dict[str, Reading],
) -> Report:
    """The report of one manager, from what was read."""
    round_, manager = asked.round, asked.manager
    sides = sides_of(conversations, readings)
    topics = engine.topics([*(claim for claim, _ in sides.claims), *sides.observations])
    found = compare(sides, topics, round_.floor)
    told = _told(engine, knowledge, manager.first_name, found)
    return Report(
        manager=manager.email,
        round_key=round_.key,
        invited=asked.invited,
        respondents=shown_count(sides.respondents, round_.floor),
        suppressed=found.suppressed,
        reason=reason(round_.floor) if found.suppressed else None,
        engine=engine.name,
        fundamentals=found.fundamentals,
        claims=found.claims,
        findings=told.findings,
        climate=found.climate,
        summary=_summary(told.opening, _unread(conversations, readings, found.suppressed)),
        suggestions=told.suggestions,
        unsure=_unsure(conversations, readings, found.suppressed),
        read_by=_read_by(engine, conversations, readings, found.suppressed),
        summary_by=told.opening.by if told.opening else None,
        to_read=Author.told(engine.reads_as),
        named=named_in(sides),
        echoes=echoes(asked.commitments, sides, topics, knowledge.behaviours, round_.floor),
    )


def _keep(store: Store, report: Report, read: WasRead, round_: Round, announcer: Announcer) -> Report:
    """Keep the report, or leave the one that was seen; the one that stands afterwards."""
    version = _version(report, read)
    with store.work(analysis_of(round_.key, report.manager)) as work:
        work.rounds.get(round_.key).require_words()
        there = {c.id for c in work.conversations.about_manager(round_.key, report.manager, ANALYSIS)}
        if work.people.find(report.manager) is None or not {c.id for c in read.conversations} <= there:
            raise Refused("Somebody was erased while the round was analysed. Analyse it again.")
        seen = [one.contributions for one in work.publications.seen(round_.key, report.manager)]
        if not report.suppressed and not may_replace(seen, version.contributions, round_.floor):
            work.publications.set_stays(round_.key, report.manager, stays=True)
            return work.reports.get(report.manager, round_.key, ANALYSIS) or report
        work.reports.save(report)
        work.publications.put(version)
        announcer.report_made(work, work.rounds.get(round_.key), report.manager)
    return report


def _version(report: Report, read: WasRead) -> Version:
    sides = sides_of(read.conversations, read.readings)
    counted = tally(sides.observations, sides.respondents, sides.known)
    return Version(report.round_key, report.manager, report.suppressed, read.contributions, counted)


@dataclass(frozen=True, slots=True)
class _Told:
    """What rests on feedback, in words; nothing below the floor."""

    findings: tuple[Finding, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    opening: Written | None = None


def _told(engine: Engine, knowledge: Knowledge, manager: str, found: Comparison) -> _Told:
    """Findings, suggestions and summary of a comparison, worded for the manager (first name) in one go."""
    if found.suppressed:
        return _Told()
    suggested = suggestions(found.findings, tuple(knowledge.practices.values()), engine, knowledge.behaviours)
    words = engine.narrate(Outline(manager, found.findings, _leading_stances(found), found.climate, suggested))
    reasons = ((suggestion, words.reasons[suggestion.id]) for suggestion in suggested)
    texts = ((finding, words.findings[finding.id]) for finding in found.findings)
    return _Told(
        tuple(replace(finding, text=words.text, written_by=words.by) for finding, words in texts),
        tuple(replace(suggestion, why=why.text, written_by=why.by) for suggestion, why in reasons),
        words.summary,
    )


def _leading_stances(found: Comparison) -> dict[str, Stance]:
    """By finding (id) what its claims say, where it has some: that it is done, else what the first of them says."""
    stances = {claim.id: claim.stance for claim in found.claims}
    claimed = {finding.id: [stances[id_] for id_ in finding.claims] for finding in found.findings if finding.claims}
    return {id_: Stance.DOES if Stance.DOES in said else said[0] for id_, said in claimed.items()}


def _summary(opening: Written | None, unread: tuple[Conversation, ...]) -> str:
    sentences = [opening.text] if opening else []
    if any(c.kind is ConversationKind.REFLECTION for c in unread):
        sentences.append(
            "Some of your reflections are in a language that is not read here; they are kept and left out."
        )
    if any(c.kind is ConversationKind.FEEDBACK for c in unread):
        sentences.append("Not all feedback is in a language that is read here, so this picture is incomplete.")
    return " ".join(sentences)


def _unread(
    conversations: tuple[Conversation, ...], readings: dict[str, Reading], suppressed: bool
) -> tuple[Conversation, ...]:
    counted = (c for c in conversations if not suppressed or c.kind is ConversationKind.REFLECTION)
    return tuple(c for c in counted if not readings[c.id].was_read)


def _unsure(conversations: tuple[Conversation, ...], readings: dict[str, Reading], suppressed: bool) -> int:
    counted = [c for c in conversations if not suppressed or c.kind is ConversationKind.REFLECTION]
    return sum(readings[conversation.id].unsure for conversation in counted)


def _read_by(
    engine: Engine, conversations: tuple[Conversation, ...], readings: dict[str, Reading], suppressed: bool
) -> ReadBy:
    def of(kind: ConversationKind) -> tuple[str, ...]:
        return tuple(sorted({readings[c.id].stand_in or engine.name for c in conversations if c.kind is kind}))

    return ReadBy(of(ConversationKind.REFLECTION), () if suppressed else of(ConversationKind.FEEDBACK))
