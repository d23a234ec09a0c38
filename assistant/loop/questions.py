"""A leader's question, answered from the reports of their downline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from assistant.domain.access import Standing, Viewer, managers_in_rounds, managers_in_view
from assistant.domain.conversation import clean
from assistant.domain.errors import BadInput, Busy, NoAnswer, NoIndex, Unknown
from assistant.domain.indexing import Hit, Shelf
from assistant.domain.inquiry import Answer, Askable, Comparison, Measure, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation, Person
from assistant.domain.reading_log import AskedFor, Looked, Outcome
from assistant.domain.rounds import Round
from assistant.domain.words import FindingKind
from assistant.inquiry.answering import answer
from assistant.inquiry.evidence import evidence_for
from assistant.inquiry.mentions import led_team
from assistant.inquiry.said import cited_id
from assistant.inquiry.scope import RoundReports, meant_by, needs_search
from assistant.inquiry.validity import valid
from assistant.loop.index import follow
from assistant.loop.reader_log import look, refusals_noted
from assistant.ports.analyst import Analyst
from assistant.ports.encoder import Encoder
from assistant.ports.index import Index
from assistant.ports.store import Store, Work

LONGEST_QUESTION = 2_000
NEAREST = 20

_IN_FIGURES = frozenset({Measure.CLIMATE, Measure.ALIGNMENT, Measure.PARTICIPATION})


class Understanding(Analyst, Encoder, Protocol):
    """What of an engine a question needs."""

    def of_round(self, key: str) -> Understanding:
        """The same engine at work for a round."""
        ...


@dataclass(frozen=True, slots=True)
class Ground:
    """What was read before a question is understood: for whom, and what it can be about."""

    viewer: Viewer
    acting_for: str
    organisation: Organisation
    rounds: Mapping[str, Round]
    askable: Askable

    @property
    def latest(self) -> str:
        """The key of the round that is meant where none is named."""
        return self.askable.rounds[-1]


def askable(store: Store, viewer: Viewer, acting_for: str, round_key: str | None, now: datetime) -> Askable:
    """What the leader ``acting_for`` (an e-mail) can ask about; raises as :func:`ask` does. It reads no report."""
    with refusals_noted(store, viewer, Looked.ANSWER, round_key or "", (), now), store.work() as work:
        return ground_for(work, viewer, acting_for, round_key).askable


def ask(
    store: Store,
    engine: Understanding,
    index: Index | None,
    viewer: Viewer,
    question: str,
    acting_for: str,
    round_key: str | None,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
    before: Query | None = None,
) -> Answer:
    """Answer a question over the downline of the leader ``acting_for`` (an e-mail).

    Without a round key the latest is the latest round with reports: for a person a closed one, for the operator any.
    ``behaviours`` (by id) are those of the knowledge base. ``before`` is the query of the question that this one may
    follow; whatever it holds, it opens nothing. Raises BadInput for an empty or too long question, Refused where the
    viewer may not ask, Unknown where there is no such round or person.
    """
    words = _checked(question)
    query, ground = _understood(store, engine, viewer, words, acting_for, round_key, now, behaviours, before)
    return _answered(store, engine, index, ground, query, words, now, behaviours)


def understood(
    store: Store,
    engine: Understanding,
    viewer: Viewer,
    question: str,
    acting_for: str,
    round_key: str | None,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
    before: Query | None = None,
) -> Query:
    """What a question asks for, without its answer, as what another one follows; raises as :func:`ask` does."""
    words = _checked(question)
    return _understood(store, engine, viewer, words, acting_for, round_key, now, behaviours, before)[0]


def ask_picked(
    store: Store,
    engine: Understanding,
    viewer: Viewer,
    query: Query,
    acting_for: str,
    round_key: str | None,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
) -> Answer:
    """Answer a query that somebody put together themselves; what they may not ask about is left out of it.

    Raises as :func:`ask` does.
    """
    with refusals_noted(store, viewer, Looked.ANSWER, round_key or "", (), now), store.work() as work:
        ground = ground_for(work, viewer, acting_for, round_key)
    picked = valid(query, ground.askable, behaviours)
    if needs_search(picked):
        picked = replace(picked, kinds=tuple(FindingKind))
    return _answered(store, engine, None, ground, picked, "", now, behaviours)


def _understood(
    store: Store,
    engine: Understanding,
    viewer: Viewer,
    words: str,
    acting_for: str,
    round_key: str | None,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
    before: Query | None,
) -> tuple[Query, Ground]:
    with refusals_noted(store, viewer, Looked.ANSWER, round_key or "", (), now), store.work() as work:
        ground = ground_for(work, viewer, acting_for, round_key)
    earlier = valid(before, ground.askable, behaviours) if before else None
    query = engine.of_round(ground.latest).understand(words, replace(ground.askable, before=earlier))
    return query, ground


def _answered(
    store: Store,
    engine: Understanding,
    index: Index | None,
    ground: Ground,
    query: Query,
    words: str,
    now: datetime,
    behaviours: Mapping[str, Behaviour],
) -> Answer:
    with store.work() as work:
        held = reports_for(work, ground, query)
    near = _near(store, engine, index, held[-1], words) if words and needs_search(query) else ()
    answered = answer(query, words, held, ground.organisation, behaviours, near, ground.askable.rounds)
    with store.work() as work:
        asked = AskedFor(query.measure, query.fundamentals, query.kinds)
        for one in held:
            about, outcome = _read_about(query, answered, one, ground), _outcome(query, answered, one, ground)
            entry = look(work, ground.viewer, Looked.ANSWER, one.round.key, about, now, outcome, asked)
            work.reader_log.note(entry)
    return answered


def _checked(question: str) -> str:
    words = clean(question)
    if not words:
        raise BadInput("There is no question yet.")
    if len(words) > LONGEST_QUESTION:
        raise BadInput(f"A question has at most {LONGEST_QUESTION:,} characters; this one has {len(words):,}.")
    return words


def ground_for(work: Work, viewer: Viewer, acting_for: str, round_key: str | None) -> Ground:
    """What an answer for a leader starts from; raises Refused where the viewer may not ask, Unknown as :func:`ask`."""
    latest = work.rounds.get(round_key) if round_key else _latest(work, viewer)
    organisation = work.people.organisation()
    granted = managers_in_view(viewer, organisation, latest, acting_for)
    rounds = [*_before(work, viewer, latest), latest]
    can_be = Askable(_with_led_teams(organisation, granted), tuple(one.key for one in rounds))
    return Ground(viewer, acting_for, organisation, {one.key: one for one in rounds}, can_be)


def _with_led_teams(organisation: Organisation, granted: tuple[str, ...]) -> tuple[Person, ...]:
    """The granted managers, each with the team they lead in place of the team they belong to."""
    people = (organisation.person(email) for email in granted)
    return tuple(replace(person, team=led_team(organisation, person.email)) for person in people)


def _latest(work: Work, viewer: Viewer) -> Round:
    for round_ in work.rounds.all():
        if _may_ask(viewer, round_) and work.reports.are_made(round_.key):
            return round_
    raise Unknown("There are no reports to ask about yet. They are there once a round is closed and analysed.")


def _before(work: Work, viewer: Viewer, latest: Round) -> list[Round]:
    """The rounds with reports that were opened before this one, the oldest first."""
    every = work.rounds.all()
    earlier = reversed(every[every.index(latest) + 1 :])
    return [one for one in earlier if _may_ask(viewer, one) and work.reports.are_made(one.key)]


def _may_ask(viewer: Viewer, round_: Round) -> bool:
    return viewer.standing is Standing.OPERATOR or not round_.is_open


def reports_for(work: Work, ground: Ground, query: Query) -> tuple[RoundReports, ...]:
    """The rounds of a query, the oldest first, with what the viewer may see of each."""
    held, viewer, keys = [], ground.viewer, query.rounds or (ground.latest,)
    rounds = [ground.rounds[key] for key in keys]
    granted = managers_in_rounds(viewer, ground.organisation, rounds, ground.acting_for)
    for key, round_ in zip(keys, rounds, strict=True):
        reports = work.reports.below(ground.acting_for, key, viewer, evidence_for(query, key))
        held.append(RoundReports(round_, granted, reports))
    return tuple(held)


def _near(
    store: Store, engine: Understanding, index: Index | None, held: RoundReports, question: str
) -> tuple[Hit, ...]:
    """The findings nearest to a question, from the index; by comparing with each where it cannot be searched."""
    if index is None:
        return _compared(engine, held, question)
    groups = [f"{held.round.key}/{report.manager}" for report in held.reports if not report.suppressed]
    try:
        follow(store, index, engine)
        return index.near(Shelf.FINDINGS, engine.vectors([question])[0], groups, NEAREST) if groups else ()
    except (Busy, NoAnswer, NoIndex) as failed:
        structlog.get_logger().warning("searched_without_index", error=type(failed).__name__)
        return _compared(engine, held, question)


def _compared(engine: Understanding, held: RoundReports, question: str) -> tuple[Hit, ...]:
    shown = (report for report in held.reports if not report.suppressed)
    texts = {cited_id(report, f, held.round.key): f.text for report in shown for f in report.findings}
    hits = map(Hit, texts, engine.alike(question, list(texts.values())))
    return tuple(sorted(hits, key=lambda hit: -hit.similarity)[:NEAREST])


def _read_about(query: Query, answered: Answer, held: RoundReports, ground: Ground) -> tuple[str, ...]:
    """The managers whose data of a round an answer shows: those of its findings, and those its figures are made of.

    Where nothing is shown, those whose data it would have shown.
    """
    if answered.refused is not None:
        return _meant(query, held, ground)
    key = held.round.key
    about = {m for sentence in answered.sentences for s in sentence.shows if s.round_key == key for m in s.managers}
    about |= {manager for figure in answered.figures if figure.round_key == key for manager in figure.managers}
    about |= {finding.manager for finding in answered.findings} if key == answered.round_key else set()
    if query.measure in _IN_FIGURES or query.comparison is not Comparison.NONE:
        about |= {report.manager for report in held.reports if not report.suppressed} & {*_meant(query, held, ground)}
    return tuple(sorted(about))


def _meant(query: Query, held: RoundReports, ground: Ground) -> tuple[str, ...]:
    if query.comparison is Comparison.REST:
        return tuple(sorted(held.granted))
    return tuple(sorted(meant_by(query, ground.organisation, held.granted)))


def _outcome(query: Query, answered: Answer, held: RoundReports, ground: Ground) -> Outcome:
    """What came back: suppressed is what the floor alone stands against."""
    if answered.refused is None:
        return Outcome.SHOWN
    meant = set(_meant(query, held, ground))
    reports = [report for report in held.reports if report.manager in meant]
    is_below = bool(reports) and all(report.suppressed for report in reports)
    return Outcome.SUPPRESSED if is_below and query.measure is not Measure.WHO_SAID_WHAT else Outcome.REFUSED
