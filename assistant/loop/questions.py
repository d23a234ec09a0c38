"""A leader's question, answered from the reports of their downline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from assistant.domain.access import Standing, Viewer, managers_in_view
from assistant.domain.conversation import clean
from assistant.domain.errors import BadInput, NoAnswer, Unknown
from assistant.domain.indexing import Hit, Shelf
from assistant.domain.inquiry import Answer, Measure, Query
from assistant.domain.knowledge import Behaviour
from assistant.domain.organisation import Organisation, Person
from assistant.domain.reading_log import AskedFor, Looked, Outcome
from assistant.domain.report import Report
from assistant.domain.rounds import Round
from assistant.inquiry.answering import answer
from assistant.inquiry.mentions import led_team
from assistant.inquiry.scope import cited_id, needs_search
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
class _Ground:
    """What was read to answer a question."""

    round: Round
    organisation: Organisation
    granted: tuple[str, ...]
    reports: tuple[Report, ...]

    @property
    def managers(self) -> tuple[Person, ...]:
        """The granted managers, each with the team they lead in place of the team they belong to."""
        people = (self.organisation.person(email) for email in self.granted)
        return tuple(replace(person, team=led_team(self.organisation, person.email)) for person in people)


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
) -> Answer:
    """Answer a question over the downline of the leader ``acting_for`` (an e-mail).

    Without a round key it is the latest round with reports: for a person a closed one, for the operator any.
    ``behaviours`` (by id) are those of the knowledge base. Raises BadInput for an empty or too long question, Refused
    where the viewer may not ask, Unknown where there is no such round or person.
    """
    words = _checked(question)
    with refusals_noted(store, viewer, Looked.ANSWER, round_key or "", (), now), store.work() as work:
        ground = _read(work, viewer, acting_for, round_key)
    query = engine.of_round(ground.round.key).understand(words, ground.managers)
    near = _near(store, engine, index, ground, words) if needs_search(query) else ()
    answered = answer(query, words, ground.round, ground.granted, ground.reports, ground.organisation, behaviours, near)
    with store.work() as work:
        about, outcome = _read_about(query, answered, ground), _outcome(query, answered, ground)
        asked = AskedFor(query.measure, query.fundamentals, query.kinds)
        work.reader_log.note(look(work, viewer, Looked.ANSWER, ground.round.key, about, now, outcome, asked))
    return answered


def _checked(question: str) -> str:
    words = clean(question)
    if not words:
        raise BadInput("There is no question yet.")
    if len(words) > LONGEST_QUESTION:
        raise BadInput(f"A question has at most {LONGEST_QUESTION:,} characters; this one has {len(words):,}.")
    return words


def _read(work: Work, viewer: Viewer, acting_for: str, round_key: str | None) -> _Ground:
    round_ = work.rounds.get(round_key) if round_key else _latest(work, viewer)
    organisation = work.people.organisation()
    granted = managers_in_view(viewer, organisation, round_, acting_for)
    return _Ground(round_, organisation, granted, work.reports.below(acting_for, round_.key, viewer))


def _latest(work: Work, viewer: Viewer) -> Round:
    for round_ in work.rounds.all():
        may_ask = viewer.standing is Standing.OPERATOR or not round_.is_open
        if may_ask and work.reports.are_made(round_.key):
            return round_
    raise Unknown("There are no reports to ask about yet. They are there once a round is closed and analysed.")


def _near(store: Store, engine: Understanding, index: Index | None, ground: _Ground, question: str) -> tuple[Hit, ...]:
    """The findings nearest to a question, from the index; by comparing with each where no vectors can be had for it."""
    if index is None:
        return _compared(engine, ground, question)
    groups = [f"{ground.round.key}/{report.manager}" for report in ground.reports if not report.suppressed]
    try:
        follow(store, index, engine)
        return index.near(Shelf.FINDINGS, engine.vectors([question])[0], groups, NEAREST) if groups else ()
    except NoAnswer as failed:
        structlog.get_logger().warning("searched_without_index", error=type(failed).__name__)
        return _compared(engine, ground, question)


def _compared(engine: Understanding, ground: _Ground, question: str) -> tuple[Hit, ...]:
    texts = {cited_id(r.manager, f.id): f.text for r in ground.reports if not r.suppressed for f in r.findings}
    hits = map(Hit, texts, engine.alike(question, list(texts.values())))
    return tuple(sorted(hits, key=lambda hit: -hit.similarity)[:NEAREST])


def _read_about(query: Query, answered: Answer, ground: _Ground) -> tuple[str, ...]:
    """The managers whose data an answer shows: those of its findings, and for figures all that they are made of.

    Where nothing is shown, those whose data it would have shown.
    """
    if answered.refused is not None:
        return _meant(query, ground)
    about = {finding.manager for finding in answered.findings}
    if query.measure in _IN_FIGURES:
        shown = {report.manager for report in ground.reports if not report.suppressed}
        about |= shown & {*_meant(query, ground)}
    return tuple(sorted(about))


def _meant(query: Query, ground: _Ground) -> tuple[str, ...]:
    return tuple(sorted(m for m in ground.granted if not query.managers or m in query.managers))


def _outcome(query: Query, answered: Answer, ground: _Ground) -> Outcome:
    """What came back: suppressed is what the floor alone stands against."""
    if answered.refused is None:
        return Outcome.SHOWN
    reports = [report for report in ground.reports if report.manager in _meant(query, ground)]
    is_below = bool(reports) and all(report.suppressed for report in reports)
    return Outcome.SUPPRESSED if is_below and query.measure is not Measure.WHO_SAID_WHAT else Outcome.REFUSED
