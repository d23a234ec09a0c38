"""Answers to a leader: what teams say, with evidence, and nothing about who said it."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.indexing import Hit
from assistant.domain.inquiry import Answer, Measure, Query
from assistant.domain.report import Climate, Report
from assistant.domain.words import GAPS, ClimateLevel, FindingKind, Fundamental
from assistant.inquiry.answering import EXAMPLES, answer
from assistant.inquiry.scope import MOST_CITED, RoundReports
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suggestion, a_suppressed_report

MIA, LEO, ZOE = "mia@acme.example", "leo@acme.example", "zoe@acme.example"
FINDINGS = Query(Measure.FINDINGS)


@pytest.fixture
def ask(organisation, closed_round):
    """Ask over Mia, Leo and Zoë: a query, the reports, then the question's words and what is near it."""

    def asked(
        query: Query, *reports: Report, question: str = "What do teams miss?", near: tuple[Hit, ...] = ()
    ) -> Answer:
        held = RoundReports(closed_round, (LEO, MIA, ZOE), reports)
        return answer(query, question, (held,), organisation, BEHAVIOURS, near)

    return asked


def test_an_answer_cites_the_findings_that_fit_with_the_best_supported_first(ask):
    """Findings of another kind, behaviour or fundamental are left out."""
    answered = ask(
        Query(Measure.FINDINGS, kinds=(FindingKind.BLIND_SPOT,), fundamentals=(Fundamental.BUILDING_TRUST,)),
        a_report(MIA, a_finding("f1", respondents=4), a_finding("f2", FindingKind.SPLIT_VIEW)),
        a_report(LEO, a_finding("f1", behaviour="bad_news", respondents=9), a_finding("f2", behaviour="goals")),
    )
    assert [finding.id for finding in answered.findings] == [f"{LEO}/f1", f"{MIA}/f1"]
    assert "2 of 2 teams: Night shift (Leo Stern) and Pricing (Mia Berg)." in answered.text
    assert answered.understood == "Blind spots about building trust, in round 2026-Q4."
    assert answered.refused is None


def test_what_comes_up_in_most_teams_is_named_first(ask):
    """The behaviour that is a gap in two teams is named before the one with more people in one team."""
    answered = ask(
        Query(Measure.FINDINGS, kinds=tuple(FindingKind)),
        a_report(MIA, a_finding("f1", behaviour="goals", respondents=4)),
        a_report(LEO, a_finding("f1", behaviour="goals", respondents=4), a_finding("f2", respondents=9)),
    )
    assert "most is agreeing on goals: a blind spot in 2 teams (8 people spoke to it, 80 % sure)." in answered.text
    assert "Next comes listening: a blind spot in 1 team (9 people spoke to it, 80 % sure)." in answered.text


def test_a_question_about_one_manager_is_answered_for_that_manager(ask):
    """A named manager's findings are cited, and nobody else's."""
    answered = ask(Query(Measure.FINDINGS, (MIA,)), a_report(MIA, a_finding()), a_report(LEO, a_finding()))
    assert {finding.manager for finding in answered.findings} == {MIA}
    assert "for Pricing (Mia Berg)" in answered.understood


def test_managers_below_the_floor_are_only_counted(ask):
    """A suppressed report leaves neither a name nor a number behind but how many teams there are."""
    answered = ask(
        Query(Measure.FINDINGS, kinds=tuple(FindingKind)), a_report(MIA, a_finding()), a_suppressed_report(LEO)
    )
    assert "1 team is below the anonymity floor" in answered.text
    assert "Leo" not in answered.text
    assert {finding.manager for finding in answered.findings} == {MIA}


@pytest.mark.parametrize("measure", [m for m in Measure if m not in {Measure.UNCLEAR, Measure.WHO_SAID_WHAT}])
def test_below_the_floor_everywhere_every_question_is_refused(ask, measure):
    """Where no team can be shown, the answer says so and cites nothing."""
    answered = ask(Query(measure), a_suppressed_report(LEO), a_suppressed_report(MIA))
    assert answered.refused is not None
    assert "2 teams are below the anonymity floor of 4 answers" in answered.refused
    assert answered.text == answered.refused
    assert answered.findings == ()


def test_a_round_without_reports_is_said_to_have_none(ask):
    """Nothing analysed yet is another matter than too few answers."""
    assert "no report" in (ask(FINDINGS).refused or "")


def test_who_said_what_is_refused_with_what_can_be_asked_instead(ask):
    """The refusal explains the promise and shows nothing."""
    answered = ask(Query(Measure.WHO_SAID_WHAT), a_report(MIA, a_finding()), question="Who complained about Mia?")
    assert "never shown" in (answered.refused or "")
    assert "You can ask" in answered.text
    assert answered.findings == ()


@pytest.mark.parametrize(
    "question", ["Does Ben feel safe?", "What did Li Wei say about Mia?", "Is li@acme.example fine?"]
)
def test_a_question_about_a_member_of_a_team_is_refused(ask, question):
    """However it is understood, an answer is never about one person's feedback."""
    answered = ask(FINDINGS, a_report(MIA, a_finding()), a_report(LEO, a_finding()), question=question)
    assert "never about what one member" in (answered.refused or "")
    assert answered.findings == ()


def test_a_manager_outside_the_downline_is_not_spoken_of(ask):
    """Naming somebody else's manager gives no findings, not even of one's own managers."""
    answered = ask(FINDINGS, a_report(MIA, a_finding()), question="How is Vic doing?")
    assert "not among those" in (answered.refused or "")
    assert answered.findings == ()


@pytest.mark.parametrize(
    "question", ["How is the Sales team doing?", "What is missing in Sales?", "What do people in the sales team miss?"]
)
def test_a_team_elsewhere_is_not_spoken_of(ask, question):
    """Naming it gives no findings, not even of one's own teams."""
    answered = ask(FINDINGS, a_report(MIA, a_finding()), question=question)
    assert "not among those" in (answered.refused or "")


@pytest.mark.parametrize(
    "question", ["Which teams miss good sales talks?", "Do my Heads explain changes?", "Do teams drive sales together?"]
)
def test_words_that_are_also_a_team_elsewhere_stand_in_no_answers_way(ask, question):
    """Nor does the team in which one's own managers are."""
    assert ask(FINDINGS, a_report(MIA, a_finding()), question=question).refused is None


def test_a_query_cannot_widen_what_was_granted(ask):
    """Whatever an engine makes of a question, managers who were not granted stay out of the answer."""
    answered = ask(Query(Measure.FINDINGS, ("vic@acme.example",)), a_report("vic@acme.example", a_finding()))
    assert answered.findings == ()
    assert answered.refused is not None


def test_people_are_not_ranked(ask):
    """The worst manager is not named; where support would help is told by topic, with evidence."""
    answered = ask(
        Query(Measure.RANKING),
        a_report(MIA, a_finding("f1", behaviour="goals"), a_finding("f2", FindingKind.SHARED_STRENGTH)),
        a_report(LEO, a_finding("f1", behaviour="goals"), a_finding("f2", behaviour="workload", respondents=9)),
        question="Who is the worst manager?",
    )
    assert "not ranked" in answered.text
    assert "agreeing on goals (2 teams) and keeping the load low (1 team)" in answered.text
    assert not re.search("Mia|Leo", answered.text)
    assert all(finding.kind in GAPS for finding in answered.findings)


def test_what_helps_is_told_by_the_practices_against_the_commonest_gaps(ask):
    """Practices are counted over teams; those that build on strengths are no help against gaps."""
    strength = a_finding("f2", FindingKind.SHARED_STRENGTH, "workload")
    answered = ask(
        Query(Measure.SUGGESTIONS),
        a_report(MIA, a_finding("f1"), strength, suggestions=(a_suggestion(), a_suggestion(("f2",), title="Keep on"))),
        a_report(LEO, a_finding("f1"), suggestions=(a_suggestion(),)),
    )
    assert "\u201cLet people finish\u201d (2 teams)" in answered.text
    assert "listening (2 teams)" in answered.text
    assert "Keep on" not in answered.text
    assert [finding.id for finding in answered.findings] == [f"{LEO}/f1", f"{MIA}/f1"]


def test_participation_counts_only_teams_that_can_be_shown(ask):
    """The numbers of a team below the floor are not told, nor are they part of any sum."""
    answered = ask(
        Query(Measure.PARTICIPATION), a_report(MIA), a_report(LEO, respondents=4), a_suppressed_report(ZOE, invited=3)
    )
    assert "10 of 14 people" in answered.text
    assert "Night shift (Leo Stern) 4 of 7 and Pricing (Mia Berg) 6 of 7" in answered.text
    assert "1 team is below" in answered.text
    assert "Depot" not in answered.text


def test_the_climate_is_told_by_team(ask):
    """Teams are named under what was read; too little evidence is an answer like any other."""
    fear = Climate(ClimateLevel.FEAR_DRIVEN, -0.6, (-0.9, -0.2), ())
    answered = ask(Query(Measure.CLIMATE), a_report(MIA, a_finding(), climate=fear), a_report(LEO))
    assert "can be read in 1 of 2 teams" in answered.text
    assert "Signs of fear show in Pricing (Mia Berg)" in answered.text
    assert "too little evidence to tell in Night shift (Leo Stern)" in answered.text
    assert [finding.id for finding in answered.findings] == [f"{MIA}/f1"]


def test_alignment_is_summed_over_the_managers_claims(ask):
    """What teams confirm and contest is counted over all shown reports, for the fundamentals asked about."""
    answered = ask(Query(Measure.ALIGNMENT, fundamentals=(Fundamental.CREATING_CLARITY,)), a_report(MIA), a_report(LEO))
    assert "Of 4 things that managers say they do, their teams confirm 2, contest 2" in answered.text


def test_a_question_that_was_not_understood_is_asked_back(ask):
    """Three examples show what can be asked."""
    answered = ask(Query(Measure.UNCLEAR), a_report(MIA, a_finding()), question="Hm?")
    assert len(EXAMPLES) == 3
    assert all(example in answered.text for example in EXAMPLES)
    assert answered.findings == ()


def test_where_no_finding_fits_the_answer_says_so(ask):
    """Silence in the reports is not turned into good news."""
    answered = ask(Query(Measure.FINDINGS, behaviours=("goals",)), a_report(MIA, a_finding(behaviour="workload")))
    assert answered.text.startswith("None of the findings")
    assert "does not mean" in answered.text
    assert answered.findings == ()


@pytest.mark.parametrize("told", [True, False])
def test_an_answer_to_why_says_that_it_shows_no_cause(ask, told):
    """What teams say is told, with the reminder that it explains nothing by itself."""
    answered = ask(replace(FINDINGS, why=told), a_report(MIA, a_finding(behaviour="goals")))
    assert ("does not show cause" in answered.text) is told
    assert answered.findings


def test_without_a_topic_the_findings_near_in_meaning_answer(ask):
    """Only hits that are near enough, and near the best one, are cited; unknown ids are passed over."""
    answered = ask(
        FINDINGS,
        a_report(MIA, a_finding("f1"), a_finding("f2", behaviour="goals"), a_finding("f3", behaviour="workload")),
        near=(
            Hit(f"2026-Q4/{MIA}/f2", 0.8),
            Hit(f"2026-Q4/{MIA}/gone", 0.75),
            Hit(f"2026-Q4/{MIA}/f3", 0.7),
            Hit(f"2026-Q4/{MIA}/f1", 0.4),
        ),
    )
    assert {finding.id for finding in answered.findings} == {f"{MIA}/f2", f"{MIA}/f3"}


def test_far_hits_are_no_answer(ask):
    """The nearest finding is not cited only because there is none nearer."""
    answered = ask(FINDINGS, a_report(MIA, a_finding()), near=(Hit(f"2026-Q4/{MIA}/f1", 0.1),))
    assert answered.findings == ()
    assert answered.text.startswith("None of the findings")


drawn_findings = st.lists(
    st.tuples(st.sampled_from(FindingKind), st.sampled_from(sorted(BEHAVIOURS)), st.none() | st.integers(4, 9)),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.builds(
        Query,
        st.sampled_from(Measure),
        st.sampled_from([(), (MIA,), (LEO, ZOE), ("vic@acme.example",)]),
        st.sampled_from([(), (Fundamental.BUILDING_TRUST,)]),
        st.sampled_from([(), (FindingKind.BLIND_SPOT,), tuple(FindingKind)]),
        st.sampled_from([(), ("goals",), ("goals", "listening")]),
    ),
    st.lists(drawn_findings, min_size=2, max_size=2),
)
def test_whatever_is_asked_citations_exist_and_answers_stay_short(ask, query, drawn):
    """Every citation is a finding of a shown and granted report, at most eight; the text has two to four sentences."""
    reports = [
        a_report(m, *(a_finding(f"f{n}", k, b, respondents=r) for n, (k, b, r) in enumerate(found)))
        for m, found in zip((MIA, LEO), drawn, strict=True)
    ]
    answered = ask(query, *reports, a_suppressed_report(ZOE), question="What is there?")
    known = {f"{report.manager}/{finding.id}": finding for report in reports for finding in report.findings}
    assert len(answered.findings) <= MOST_CITED
    assert all(finding.id in known and finding.text == known[finding.id].text for finding in answered.findings)
    assert answered.understood.endswith("2026-Q4.")
    assert query.measure is Measure.UNCLEAR or "Zo" not in answered.text
    if answered.refused is None and query.measure is not Measure.UNCLEAR:
        assert 2 <= len(re.findall(r"[^.]+\.", answered.text)) <= 4


def test_no_more_than_eight_findings_are_cited(ask):
    """Of many findings that fit, the best supported are cited."""
    many = [a_finding(f"f{n}", respondents=n) for n in range(4, 20)]
    answered = ask(Query(Measure.FINDINGS, kinds=tuple(FindingKind)), a_report(MIA, *many))
    assert [finding.respondents for finding in answered.findings] == [19, 18, 17, 16, 15, 14, 13, 12]


def test_caveats_take_the_place_of_details(ask):
    """With two caveats to give, the answer keeps to four sentences and keeps both."""
    answered = ask(
        Query(Measure.FINDINGS, kinds=tuple(FindingKind), why=True),
        a_report(MIA, a_finding("f1"), a_finding("f2", behaviour="goals")),
        a_suppressed_report(LEO),
    )
    assert len(re.findall(r"[^.]+\.", answered.text)) == 4
    assert "does not show cause" in answered.text
    assert answered.text.endswith(
        "1 team is below the anonymity floor and 1 team has no report yet, so nothing is said about them."
    )
