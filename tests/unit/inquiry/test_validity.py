"""A query as it may be carried out."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.inquiry import Askable, Change, Comparison, Measure, Order, Query
from assistant.domain.organisation import Person
from assistant.domain.words import FindingKind, Fundamental
from assistant.inquiry.validity import COMPARED, valid

MIA, LEO = "mia@acme.example", "leo@acme.example"
ASKABLE = Askable((Person(LEO, "Leo", None), Person(MIA, "Mia", None)), ("2026-Q1", "2026-Q2"))
KNOWN = ("goals", "listening", "workload", "priorities")
some = st.lists(st.sampled_from([MIA, LEO, "vic@acme.example", "2026-Q1", "2026-Q2", "2030-Q9", *KNOWN, "magic"]))
queries = st.builds(
    Query, st.sampled_from(Measure), some.map(tuple), st.lists(st.sampled_from(Fundamental)).map(tuple),
    st.lists(st.sampled_from(FindingKind)).map(tuple), some.map(tuple), st.booleans(), some.map(tuple),
    st.sampled_from(Comparison), st.sampled_from(Change), st.sampled_from(Order), st.booleans(),
)  # fmt: skip


@given(queries)
def test_whatever_is_asked_a_valid_query_names_only_what_there_is(query):
    """Nobody outside, no unknown round or behaviour, no comparison without two sides; and it stays as it is."""
    checked = valid(query, ASKABLE, KNOWN)
    assert set(checked.managers) <= {MIA, LEO}
    assert set(checked.rounds) <= set(ASKABLE.rounds)
    assert set(checked.behaviours) <= set(KNOWN)
    assert checked.comparison is not Comparison.GROUPS or len(checked.managers) > 1
    assert checked.comparison is not Comparison.REST or checked.managers
    assert checked.comparison is Comparison.NONE or checked.measure in COMPARED
    assert checked.comparison is Comparison.ROUNDS or len(checked.rounds) < 2
    assert valid(checked, ASKABLE, KNOWN) == checked


def test_what_a_measure_does_not_use_is_left_out():
    """How many answered has no topic, and a behaviour stands for its fundamental."""
    about = {"fundamentals": (Fundamental.BUILDING_TRUST,), "kinds": (FindingKind.BLIND_SPOT,)}
    assert valid(Query(Measure.PARTICIPATION, **about), ASKABLE, KNOWN) == Query(Measure.PARTICIPATION)
    checked = valid(Query(Measure.FINDINGS, behaviours=("goals",), **about), ASKABLE, KNOWN)
    assert (checked.behaviours, checked.fundamentals) == (("goals",), ())
