"""Groups held against each other, and rounds."""

from dataclasses import replace

import pytest

from assistant.domain.inquiry import Answer, Change, Comparison, Measure, Query
from assistant.domain.report import Climate, FundamentalAlignment, Report
from assistant.domain.words import ClimateLevel, FindingKind, Fundamental
from assistant.inquiry.answering import answer
from assistant.inquiry.scope import RoundReports
from tests.fakes.reports import BEHAVIOURS, a_finding, a_report, a_suppressed_report

ADA, MIA, LEO, ZOE = "ada@acme.example", "mia@acme.example", "leo@acme.example", "zoe@acme.example"
STRENGTH = FindingKind.SHARED_STRENGTH
GROUPS = Query(Measure.FINDINGS, (MIA, LEO), comparison=Comparison.GROUPS, kinds=tuple(FindingKind))
ROUNDS = Query(Measure.FINDINGS, kinds=tuple(FindingKind), rounds=("2026-Q3", "2026-Q4"), comparison=Comparison.ROUNDS)


@pytest.fixture
def ask(organisation, closed_round):
    """What is answered over these reports of one round, and those of the round before."""

    def asked(query: Query, *reports: Report, before: tuple[Report, ...] | None = None) -> Answer:
        now = RoundReports(closed_round, (LEO, MIA, ZOE), reports)
        held = (now,)
        if before is not None:
            earlier = tuple(replace(report, round_key="2026-Q3") for report in before)
            held = (RoundReports(replace(closed_round, key="2026-Q3"), (LEO, MIA, ZOE), earlier), now)
        return answer(query, "", held, organisation, BEHAVIOURS)

    return asked


def in_trust(confirmed: int, contested: int, interval: tuple[float, float]) -> tuple[FundamentalAlignment, ...]:
    """Alignment in building trust alone."""
    share = confirmed / (confirmed + contested)
    total = confirmed + contested
    return (FundamentalAlignment(Fundamental.BUILDING_TRUST, total, confirmed, 0, contested, 0, share, interval),)


def counts(answered: Answer) -> list[tuple[int, int]]:
    """The figures of an answer."""
    return [(figure.count, figure.total) for figure in answered.figures]


def test_two_teams_side_by_side_show_what_they_share_and_what_is_in_one_only(ask):
    """Each sentence cites the findings of the teams it speaks of."""
    answered = ask(
        GROUPS,
        a_report(MIA, a_finding("f1"), a_finding("f2", STRENGTH, "goals")),
        a_report(LEO, a_finding("f1"), a_finding("f2", behaviour="workload")),
        a_report(ZOE, a_finding("f1", behaviour="priorities")),
    )
    common, leo_or_mia, other = (sentence for sentence in answered.sentences if sentence.rests_on)
    assert "listening (a gap)" in common.text
    assert set(common.rests_on) == {f"{MIA}/f1", f"{LEO}/f1"}
    assert {leo_or_mia.rests_on, other.rests_on} == {(f"{MIA}/f2",), (f"{LEO}/f2",)}
    assert "priorities" not in answered.text


def test_a_team_is_held_against_all_others(ask):
    """What shows in it and nowhere else is told as that."""
    answered = ask(
        replace(GROUPS, managers=(MIA,), comparison=Comparison.REST),
        a_report(MIA, a_finding("f1", behaviour="goals")),
        a_report(LEO, a_finding("f1")),
        a_report(ZOE),
    )
    assert "Only in Pricing (Mia Berg): agreeing on goals (a gap)." in answered.text
    assert "Only in all others: listening (a gap)." in answered.text
    assert counts(answered) == [(1, 1), (1, 2)]


def test_a_group_takes_in_the_teams_below_where_the_question_does(ask):
    """Zoë's team counts with Mia's."""
    answered = ask(replace(GROUPS, with_below=True), a_report(MIA), a_report(ZOE, a_finding()), a_report(LEO))
    assert counts(answered) == [(1, 2), (0, 1)]


def test_a_team_below_the_floor_is_not_compared(ask):
    """Nothing is shown of either side, so that nothing can be read off the other."""
    answered = ask(GROUPS, a_report(MIA, a_finding()), a_suppressed_report(LEO))
    assert "cannot be compared" in (answered.refused or "")
    assert (answered.findings, answered.figures) == ((), ())


@pytest.mark.parametrize(("low", "says"), [(0.9, "by more than chance"), (0.1, "within what chance")])
def test_figures_of_two_groups_are_told_with_how_sure_they_are(ask, low, says):
    """A difference counts only where the intervals leave no doubt; nobody is put in an order."""
    answered = ask(
        replace(GROUPS, measure=Measure.ALIGNMENT, kinds=()),
        a_report(MIA, fundamentals=in_trust(9, 1, (low, 0.95))),
        a_report(LEO, fundamentals=in_trust(2, 8, (0.1, 0.3))),
    )
    assert "90 % (between" in answered.text
    assert "with 6 people" in answered.text
    assert says in answered.text
    assert counts(answered) == [(9, 10), (2, 10)]


def test_what_changed_since_the_round_before_is_told_both_ways(ask):
    """A new gap, one that went, one that stays; each rests on the finding that shows it, with its round."""
    answered = ask(
        ROUNDS,
        a_report(MIA, a_finding("f1"), a_finding("f2", behaviour="goals")),
        a_report(LEO),
        a_report(ZOE),
        before=(a_report(MIA, a_finding("f1", behaviour="goals"), a_finding("f2", behaviour="workload")),),
    )
    _, worse, better, stays = answered.sentences[:4]
    assert worse.text == "Worse than before: listening (1 team)."
    assert worse.rests_on == (f"{MIA}/f1",)
    assert better.text.startswith("Better: keeping the load low")
    assert better.rests_on == (f"2026-Q3/{MIA}/f2",)
    assert stays.text.startswith("A gap as before: agreeing on goals")
    assert stays.rests_on == (f"{MIA}/f2",)


def test_only_the_change_that_is_asked_for_is_told(ask):
    """What got better is no answer to what got worse."""
    answered = ask(
        replace(ROUNDS, change=Change.WORSE),
        a_report(MIA, a_finding("f1")),
        before=(a_report(MIA, a_finding("f1", behaviour="goals")),),
    )
    assert "Worse than before: listening" in answered.text
    assert "goals" not in answered.text


def test_rounds_are_compared_over_teams_that_can_be_shown_in_both(ask):
    """Leo's team was below the floor before, so what it says now is no change."""
    answered = ask(
        ROUNDS,
        a_report(MIA, a_finding()),
        a_report(LEO, a_finding("f1", behaviour="goals")),
        before=(a_report(MIA, a_finding()), a_suppressed_report(LEO)),
    )
    assert "over 1 team that can be shown in each" in answered.text
    assert "goals" not in answered.text
    assert all(LEO not in figure.managers for figure in answered.figures)


def test_with_a_single_round_there_is_nothing_to_compare(ask):
    """The answer says so and shows nothing."""
    answered = ask(replace(ROUNDS, rounds=("2026-Q4",)), a_report(MIA, a_finding()))
    assert "nothing to compare it with yet" in (answered.refused or "")


def test_a_trend_of_the_climate_is_told_with_how_sure_it_is(ask):
    """Scores of both rounds, and whether they moved beyond chance."""

    def with_score(score: float) -> Report:
        return a_report(MIA, climate=Climate(ClimateLevel.MIXED, score, (score - 0.1, score + 0.1), ()))

    answered = ask(replace(ROUNDS, measure=Measure.CLIMATE, kinds=()), with_score(0.6), before=(with_score(-0.2),))
    assert "-0.2 (between -0.3 and -0.1) in 2026-Q3" in answered.text
    assert "it went up by more than chance alone would bring" in answered.text
