"""What is read for a question: never less than its answer can rest on, and no more where that is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain.inquiry import ALL_EVIDENCE, FIGURES_ALONE, Comparison, Evidence, Measure, Query
from assistant.domain.words import GAPS, FindingKind, Fundamental
from assistant.inquiry.evidence import evidence_for


@pytest.mark.parametrize("measure", [Measure.CLIMATE, Measure.ALIGNMENT, Measure.PARTICIPATION])
def test_what_is_drawn_over_rounds_or_groups_needs_no_findings(measure: Measure) -> None:
    """It is made of figures alone."""
    for comparison in (Comparison.ROUNDS, Comparison.GROUPS, Comparison.REST):
        assert evidence_for(Query(measure, comparison=comparison), "Q4") == FIGURES_ALONE


def test_findings_are_narrowed_as_the_query_is() -> None:
    """By kind, fundamental and behaviour."""
    query = Query(Measure.FINDINGS, (), (Fundamental.BUILDING_TRUST,), (FindingKind.BLIND_SPOT,), ("honesty",))
    assert evidence_for(query, "Q4") == Evidence(True, query.kinds, query.fundamentals, query.behaviours)


def test_what_changed_needs_findings_of_every_kind() -> None:
    """A gap may have become a strength."""
    query = Query(
        Measure.FINDINGS, kinds=(FindingKind.BLIND_SPOT,), comparison=Comparison.ROUNDS, rounds=("Q1", "Q2", "Q3", "Q4")
    )
    assert evidence_for(query, "Q1") == evidence_for(query, "Q4") == ALL_EVIDENCE


def test_of_the_rounds_between_it_only_counts_where_something_shows() -> None:
    """One finding of each report is enough, of the kinds that are asked for; not where nearness in meaning decides."""
    query = Query(
        Measure.FINDINGS, kinds=(FindingKind.BLIND_SPOT,), comparison=Comparison.ROUNDS, rounds=("1", "2", "3")
    )
    assert evidence_for(query, "2") == Evidence(True, query.kinds, one_each=True)
    assert evidence_for(replace(query, kinds=()), "2") == ALL_EVIDENCE


def test_what_would_help_rests_on_gaps() -> None:
    """So does where support is needed, in place of a ranking."""
    for measure in (Measure.SUGGESTIONS, Measure.RANKING):
        assert set(evidence_for(Query(measure), "Q4").kinds) == GAPS


def test_a_climate_rests_on_whatever_is_about_trust() -> None:
    """It falls back on findings that the question does not name."""
    assert evidence_for(Query(Measure.CLIMATE, behaviours=("honesty",)), "Q4") == ALL_EVIDENCE
