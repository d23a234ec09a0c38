"""Whether a sentence is borne out by the findings it cites."""

from dataclasses import replace

import pytest

from assistant.domain.inquiry import Measure, Query, Sentence
from assistant.domain.words import FindingKind
from assistant.inquiry import answering
from assistant.inquiry.answering import answer
from assistant.inquiry.said import Said, resting_on
from assistant.inquiry.scope import RoundReports
from assistant.inquiry.support import borne_out, citable
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suppressed_report

MIA, LEO = "mia@acme.example", "leo@acme.example"
REPORT = a_report(MIA, a_finding("f1"), a_finding("f2", FindingKind.SHARED_STRENGTH, "goals"))
KNOWN = citable([REPORT, a_suppressed_report(LEO)], "2026-Q4")
SENTENCE = resting_on("Mia's team misses listening.", [(REPORT, REPORT.findings[0])], "2026-Q4")


def test_a_sentence_stands_on_a_finding_that_says_so():
    """It is there, allowed, and of the kind and behaviour that are told."""
    assert borne_out(SENTENCE, KNOWN)


@pytest.mark.parametrize(
    "rests_on",
    [("mia@acme.example/f9",), ("leo@acme.example/f1",), (), ("mia@acme.example/f2",), (*SENTENCE.rests_on, "x/f1")],
)
def test_a_sentence_falls_with_what_is_missing_made_up_or_beside_the_point(rests_on):
    """An id that is not there, one of a suppressed report, none at all, or a finding on something else."""
    assert not borne_out(replace(SENTENCE, rests_on=rests_on), KNOWN)


def test_a_sentence_may_not_name_a_team_whose_finding_it_does_not_cite():
    """Every team that is told of needs a finding of its own."""
    shows = replace(SENTENCE.shows[0], managers=(MIA, LEO))
    assert not borne_out(replace(SENTENCE, shows=(shows,)), KNOWN)


def test_a_sentence_that_claims_nothing_needs_nothing():
    """A reminder or a caveat rests on no finding."""
    assert borne_out(Sentence("This does not show cause."), KNOWN)


def test_of_another_round_a_finding_is_cited_with_its_round():
    """The same id in two rounds is two findings."""
    earlier = replace(REPORT, round_key="2026-Q3")
    assert set(citable([earlier], "2026-Q4")) == {f"2026-Q3/{MIA}/f1", f"2026-Q3/{MIA}/f2"}


def test_nothing_is_shown_of_an_answer_that_is_not_borne_out(organisation, closed_round, monkeypatch):
    """A rule that says more than it cites silences the whole answer, with the reason."""
    too_much = replace(SENTENCE, shows=(replace(SENTENCE.shows[0], kinds=frozenset({FindingKind.SPLIT_VIEW})),))
    monkeypatch.setitem(answering._ANSWERS, Measure.FINDINGS, lambda _: Said((too_much,)))
    held = RoundReports(closed_round, (MIA,), (REPORT,))
    answered = answer(Query(Measure.FINDINGS), "", (held,), organisation, BEHAVIOURS)
    assert "not borne out" in (answered.refused or "")
    assert (answered.findings, answered.figures, answered.sentences) == ((), (), ())
