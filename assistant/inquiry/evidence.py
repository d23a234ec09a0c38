"""What has to be read to answer a query, so that nothing else is."""

from __future__ import annotations

from assistant.domain.inquiry import ALL_EVIDENCE, FIGURES_ALONE, Comparison, Evidence, Measure, Query
from assistant.domain.words import GAPS, FindingKind
from assistant.inquiry.figures import DRAWN
from assistant.inquiry.scope import needs_search

_WITHOUT_FINDINGS = frozenset({Measure.PARTICIPATION, Measure.UNCLEAR, Measure.WHO_SAID_WHAT})
_OF_GAPS = frozenset({Measure.SUGGESTIONS, Measure.RANKING})


def evidence_for(query: Query, round_key: str) -> Evidence:
    """Which findings of a round the answer to a query can rest on."""
    is_drawn = query.measure in DRAWN and query.comparison is not Comparison.NONE
    if is_drawn or query.measure in _WITHOUT_FINDINGS:
        return FIGURES_ALONE
    if query.measure is Measure.CLIMATE:  # it rests on what is about trust, whatever the question names
        return ALL_EVIDENCE
    if query.comparison is Comparison.ROUNDS:
        return _of_rounds(query, round_key)
    return Evidence(True, _kinds(query), query.fundamentals, query.behaviours)


def _of_rounds(query: Query, round_key: str) -> Evidence:
    """The first round is held against the last, in which a gap may have become a strength; between, it is counted."""
    is_between = round_key in query.rounds[1:-1] and not needs_search(query)
    return Evidence(True, query.kinds if is_between else (), query.fundamentals, query.behaviours, is_between)


def _kinds(query: Query) -> tuple[FindingKind, ...]:
    return tuple(kind for kind in FindingKind if kind in GAPS) if query.measure in _OF_GAPS else query.kinds
